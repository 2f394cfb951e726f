import type { ConversationId, MessageId, OutgoingId, RawMessageId, WorkspaceId } from '@madoguchi/contract';
import { houseActor } from '../accounts/index.ts';
import { reopenFor, setAlarm } from '../conversation/index.ts';
import { appendEvent, type Tx } from '../platform/index.ts';
import { type FailedAddress, type Outgoing, worstOf } from './outgoing.ts';
import { insertBounce, lockByMessageId, statesOf, writeSettlement } from './store.ts';

/** One address of a delivery report (RFC 3464). */
export interface ReportedRecipient {
  address: string;
  /** failed, delayed, delivered, relayed, expanded. */
  action: string;
  /** Enhanced status: 5.1.1. */
  status: string;
  /** userunknown, mailboxfull, ... */
  reason: string;
  /** True where trying again cannot help. */
  hard: boolean;
}

export interface BounceReport {
  workspaceId: WorkspaceId;
  rawMessageId: RawMessageId;
  /** Of the letter it reports on, without <>. */
  originalMessageId: string;
  recipients: readonly ReportedRecipient[];
}

/** Which letter of ours a report was about. */
export interface RecordedBounce {
  outgoingId: OutgoingId;
  conversationId: ConversationId | null;
  messageId: MessageId | null;
}

/**
 * Writes a delivery report to the letter it is about: the addresses that failed, and the conversation back
 * to its author. A report of delay or arrival is kept and changes nothing. The same raw message twice is one.
 *
 * @returns null when no letter of ours has that Message-ID: the report is then a letter like any other
 */
export async function recordBounce(tx: Tx, report: BounceReport): Promise<RecordedBounce | null> {
  const { workspaceId, originalMessageId: messageId } = report;
  const before = await lockByMessageId(tx, { workspaceId, messageId });
  if (before === null) return null;

  const isNew = await insertBounce(tx, before, report);
  const failed = report.recipients.filter(({ action }) => action.toLowerCase() === 'failed');
  if (isNew && failed.length > 0) await markBounced(tx, before, failed);
  return { outgoingId: before.id, conversationId: before.conversationId, messageId: before.messageId };
}

async function markBounced(tx: Tx, before: Outgoing, reported: ReportedRecipient[]): Promise<void> {
  const house = houseActor(before.workspaceId);
  const { conversationId, memberId } = before;
  const after = await writeSettlement(tx, before, {
    state: 'bounced',
    reply: before.reply,
    failed: mergeFailed(before.failed, reported),
  });
  await appendEvent(tx, house, {
    kind: 'bounce_received',
    conversationId,
    mailboxId: after.mailboxId,
    facts: {
      outgoingId: after.id,
      messageId: after.messageId,
      recipients: reported.map((one) => ({ ...one })),
    },
  });
  if (conversationId === null) return;
  const alarm = worstOf(await statesOf(tx, before.workspaceId, conversationId));
  await setAlarm(tx, before.workspaceId, conversationId, alarm);
  await reopenFor(tx, house, { conversationId, authorId: memberId });
}

/** A later report about the same address replaces the earlier one. */
function mergeFailed(
  before: readonly FailedAddress[],
  reported: readonly ReportedRecipient[],
): FailedAddress[] {
  const all = [
    ...before,
    ...reported.map(({ address, status, reason }) => ({ address, reason, reply: status })),
  ];
  return [...new Map(all.map((one) => [one.address.toLowerCase(), one])).values()];
}
