import { createHash } from 'node:crypto';
import type {
  Address,
  AfterSending,
  ConversationId,
  MailboxId,
  MessageId,
  OutgoingId,
} from '@madoguchi/contract';
import type { Actor } from '../accounts/index.ts';
import { addJob, type Files, type Tx } from '../platform/index.ts';
import { announceSchedule } from './announce-delivery.ts';
import { deliverReminder, type Lane, type Outgoing } from './outgoing.ts';
import { insertOutgoing } from './store.ts';

/** Bytes up to this size lie in their row; larger ones in the file store. */
const IN_ROW = 256 * 1024;
const MACHINE_PRIORITY = 10;

/** A letter with everything fixed. What is given here is what leaves, whatever changes afterwards. */
export interface FrozenLetter {
  id: OutgoingId;
  conversationId: ConversationId | null;
  /** The message row that shows it; null for the house's own mail. */
  messageRowId: MessageId | null;
  /** Whose way out it takes; null for the house's own mail. */
  mailboxId: MailboxId | null;
  envelopeFrom: string;
  /** To, Cc and Bcc; each address once. */
  envelopeTo: readonly string[];
  /** To and Cc as the letter shows them. */
  shownTo: readonly Address[];
  subject: string;
  /** Without <>. */
  messageId: string;
  bytes: Buffer;
  lane?: Lane;
  via?: string;
  /** Unique per member: the same key never sends twice. */
  submissionKey?: string | null;
  clientMessageId?: string | null;
  /** The answer's revision that the writer had seen. */
  seenRevision?: number | null;
  seenBasis?: string | null;
  /** Not before this moment; at once when left out. */
  leaveAt?: Date | null;
  /** Its author chose that moment: it stops when somebody writes before it. */
  scheduled?: boolean;
  /** What a scheduled letter does to its conversation when it leaves. */
  afterSend?: AfterSending | null;
  answersCustomer?: boolean;
}

/** Freezes a letter and adds the reminder to deliver it, both in the transaction that sends it. */
export async function queueOutgoing(
  tx: Tx,
  actor: Actor,
  letter: FrozenLetter,
  files: Files,
): Promise<Outgoing> {
  const inRow = letter.bytes.length <= IN_ROW;
  if (!inRow) await files.put(tx, actor.workspaceId, letter.bytes);
  const outgoing = await insertOutgoing(tx, actor, {
    ...letter,
    shownTo: [...letter.shownTo],
    lane: letter.lane ?? 'person',
    via: letter.via ?? 'web',
    submissionKey: letter.submissionKey ?? null,
    clientMessageId: letter.clientMessageId ?? null,
    seenRevision: letter.seenRevision ?? null,
    seenBasis: letter.seenBasis ?? null,
    size: letter.bytes.length,
    sha256: createHash('sha256').update(letter.bytes).digest(),
    bytes: inRow ? letter.bytes : null,
    leaveAt: letter.leaveAt ?? null,
    scheduled: letter.scheduled ?? false,
    afterSend: letter.afterSend ?? null,
    answersCustomer: letter.answersCustomer ?? false,
  });
  await remindToDeliver(tx, outgoing);
  if (outgoing.scheduled) await announceSchedule(tx, actor, outgoing, null);
  return outgoing;
}

/** Adds the job, or moves the one that waits. */
export async function remindToDeliver(
  tx: Tx,
  {
    workspaceId,
    id,
    lane,
    leaveAt,
    nextAttemptAt,
  }: Pick<Outgoing, 'workspaceId' | 'id' | 'lane'> & Partial<Outgoing>,
): Promise<void> {
  const runAt = nextAttemptAt ?? leaveAt;
  await addJob(
    tx,
    deliverReminder,
    { workspaceId, outgoingId: id },
    {
      jobKey: `outbox.deliver:${id}`,
      priority: lane === 'machine' ? MACHINE_PRIORITY : 0,
      ...(runAt && { runAt }),
    },
  );
}
