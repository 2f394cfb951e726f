import {
  type Address,
  type AfterSending,
  type ConversationId,
  type Delivery,
  type DeliveryState,
  type MailboxId,
  type MemberId,
  type MessageId,
  OutgoingId,
  type OutgoingItem,
  WorkspaceId,
} from '@madoguchi/contract';
import { Type } from 'typebox';

/** An address that did not take the letter; `reason` is an enhanced status (5.1.1) or a word of a report. */
export interface FailedAddress {
  address: string;
  reason: string;
  reply: string;
}

/** A letter on its way, without its bytes. */
export interface Outgoing {
  workspaceId: WorkspaceId;
  id: OutgoingId;
  conversationId: ConversationId | null;
  messageId: MessageId | null;
  mailboxId: MailboxId | null;
  /** Its author; null: the house. */
  memberId: MemberId | null;
  lane: Lane;
  envelopeFrom: string;
  envelopeTo: string[];
  shownTo: Address[];
  subject: string;
  state: DeliveryState;
  reply: string;
  failed: FailedAddress[];
  /** Attempts made, the one under way included. */
  attempts: number;
  firstAttemptAt: Date | null;
  nextAttemptAt: Date | null;
  leaveAt: Date;
  /** It waits for a moment that its author chose, and stops when somebody writes meanwhile. */
  scheduled: boolean;
  /** What a scheduled letter does to its conversation when it leaves; null: nothing. */
  afterSend: AfterSending | null;
  answersCustomer: boolean;
  /** The answer's revision that its author had seen. */
  seenRevision: number | null;
  claimedBy: string | null;
  settledAt: Date | null;
  createdAt: Date;
}

/** What a person waits for goes before what a machine sends. */
export type Lane = 'person' | 'machine';

const Payload = Type.Object({ workspaceId: WorkspaceId, outgoingId: OutgoingId });

/** The reminder to deliver one letter; the row decides whether there is anything to do. */
export const deliverReminder = { name: 'outbox.deliver', payload: Payload };

/** The worst first; a row shows one. */
const ALARMS = ['unknown', 'refused', 'bounced', 'stopped', 'waiting_for_way'] as const;
export type Alarm = (typeof ALARMS)[number];

/** The worst among the states of a conversation's letters, or null when none needs a person. */
export function worstOf(states: readonly DeliveryState[]): Alarm | null {
  return ALARMS.find((alarm) => states.includes(alarm)) ?? null;
}

/**
 * To whom the next attempt goes. Once the far side has refused some, the others have the letter: only
 * those that failed are tried again, so nobody gets it twice.
 */
export function nextRecipients({ envelopeTo, failed }: Pick<Outgoing, 'envelopeTo' | 'failed'>): string[] {
  const keys = new Set(failed.map(({ address }) => address.toLowerCase()));
  const again = envelopeTo.filter((address) => keys.has(address.toLowerCase()));
  if (again.length > 0 || keys.size === 0) return again.length > 0 ? again : envelopeTo;
  // A report on an address behind one of ours (forwarded, rewritten): with one recipient it is his; with
  // several nobody can tell whose, and those who have it must not get it twice.
  return envelopeTo.length === 1 ? envelopeTo : [];
}

export function toDelivery(outgoing: Outgoing): Delivery {
  return {
    outgoingId: outgoing.id,
    state: outgoing.state,
    leaveAt: outgoing.leaveAt.toISOString(),
    scheduled: outgoing.scheduled,
    reply: outgoing.reply,
    attempts: outgoing.attempts,
    nextAttemptAt: outgoing.nextAttemptAt?.toISOString() ?? null,
    settledAt: outgoing.settledAt?.toISOString() ?? null,
    failed: outgoing.failed,
  };
}

/** One line of 送信トレイ; none for the house's own mail, which has no mailbox and stands on nobody's page. */
export const itemsOf = (outgoing: Outgoing): OutgoingItem[] =>
  outgoing.mailboxId === null ? [] : [toItem({ ...outgoing, mailboxId: outgoing.mailboxId })];

function toItem(outgoing: Outgoing & { mailboxId: MailboxId }): OutgoingItem {
  return {
    id: outgoing.id,
    conversationId: outgoing.conversationId,
    messageId: outgoing.messageId,
    mailboxId: outgoing.mailboxId,
    memberId: outgoing.memberId,
    to: outgoing.shownTo,
    subject: outgoing.subject,
    createdAt: outgoing.createdAt.toISOString(),
    delivery: toDelivery(outgoing),
  };
}
