import { createHash } from 'node:crypto';
import type {
  Address,
  ChannelId,
  ConversationId,
  CustomerId,
  MailboxId,
  RawMessageId,
  WorkspaceId,
} from '@madoguchi/contract';
import { houseActor } from '../accounts/index.ts';
import { type Part, type ReceivedMessage, receiveMessage, type Written } from '../conversation/index.ts';
import { newId, type Tx } from '../platform/index.ts';

export interface LetterGiven {
  from?: Address;
  to?: Address[];
  cc?: Address[];
  replyTo?: Address[];
  subject?: string;
  text?: string;
  /** Cleaned. */
  html?: string;
  /** Without <>. */
  messageId?: string;
  references?: string[];
  /** Joins this conversation; left out, it begins one. */
  conversationId?: ConversationId;
  /** Shares the answer of a copy in another mailbox. */
  answerId?: ReceivedMessage['answerId'];
  customerId?: CustomerId;
  stranger?: boolean;
  autoReply?: boolean;
  parts?: Part[];
}

/** A letter from a customer, taken in: its raw message, the message and its conversation. */
export async function aLetter(
  tx: Tx,
  { workspaceId, mailboxId }: { workspaceId: WorkspaceId; mailboxId: MailboxId },
  given: LetterGiven = {},
): Promise<Written> {
  const rawMessageId = await aRawMessage(tx, workspaceId, mailboxId);
  const messageId = given.messageId ?? `${rawMessageId}@midori.example`;
  const { to = [], cc = [], replyTo = [] } = given;
  return await receiveMessage(tx, houseActor(workspaceId), {
    mailboxId,
    rawMessageId,
    receivedAt: new Date(),
    conversationId: given.conversationId ?? null,
    answerId: given.answerId ?? null,
    previousId: null,
    place: 'inbox',
    joinedBy: given.conversationId === undefined ? 'new' : 'references',
    parentId: null,
    customerId: given.customerId ?? null,
    stranger: given.stranger ?? false,
    autoReply: given.autoReply ?? false,
    unreadable: null,
    letter: {
      messageId,
      references: given.references ?? [],
      // As mail programs write it: the last of the references.
      inReplyTo: given.references?.slice(-1) ?? [],
      from: given.from ?? { name: '小林 真由美', address: 'mayumi@midori.example' },
      recipients: { to, cc, bcc: [], replyTo },
      subject: given.subject ?? '届いたお皿が欠けていました',
      pieces: [{ kind: 'new', text: given.text ?? '箱を開けると一枚欠けていました。\n' }],
      html: given.html ?? null,
      sentAt: new Date('2026-11-20T02:28:00Z'),
      parts: given.parts ?? [],
    },
    wire: {
      contentHash: createHash('sha256').update(messageId).digest(),
      size: 1,
      sha256: createHash('sha256').update(messageId).digest(),
      mimeMap: null,
      problems: [],
    },
  });
}

/** The bytes of a letter that the mailbox's import has kept. */
export async function aRawMessage(
  tx: Tx,
  workspaceId: WorkspaceId,
  mailboxId: MailboxId,
): Promise<RawMessageId> {
  const found = await tx
    .selectFrom('channel')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('mailbox_id', '=', mailboxId)
    .executeTakeFirst();
  const channelId = found?.id ?? newId<ChannelId>();
  if (found === undefined) {
    await tx
      .insertInto('channel')
      .values({ workspace_id: workspaceId, id: channelId, mailbox_id: mailboxId, kind: 'import' })
      .execute();
  }
  const id = newId<RawMessageId>();
  const body = Buffer.from(`Message-ID: <${id}@midori.example>\r\n\r\n`);
  await tx
    .insertInto('raw_message')
    .values({
      workspace_id: workspaceId,
      id,
      channel_id: channelId,
      mailbox_id: mailboxId,
      envelope: JSON.stringify({ mailFrom: null, rcptTo: [], peer: null, helo: null, tls: null }),
      size: body.length,
      sha256: createHash('sha256').update(body).digest(),
      body,
      in_file: false,
    })
    .execute();
  return id;
}
