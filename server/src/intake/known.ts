import type {
  AnswerId,
  ConversationId,
  CustomerId,
  MailboxId,
  MessageId,
  RawMessageId,
  StatusKind,
} from '@madoguchi/contract';

/** A message that has a Message-ID, and where it stands. */
export interface Known {
  messageId: string;
  id: MessageId;
  kind: string;
  contentHash: Buffer | null;
  fromAddress: string;
  arrivedMailboxId: MailboxId | null;
  rawMessageId: RawMessageId | null;
  conversationId: ConversationId;
  mailboxId: MailboxId;
  answerId: AnswerId;
  customerId: CustomerId | null;
  status: StatusKind;
  lastMessageAt: Date;
}
