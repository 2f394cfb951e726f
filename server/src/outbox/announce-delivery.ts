import type { Actor } from '../accounts/index.ts';
import { setAlarm } from '../conversation/index.ts';
import { appendEvent, type Json, type Tx } from '../platform/index.ts';
import { type Outgoing, worstOf } from './outgoing.ts';
import { statesOf } from './store.ts';

/** States that concern the letter's own line only and are no entry of 履歴. */
const QUIET = new Set<Outgoing['state']>(['queued', 'accepted', 'deferred']);

/** Tells that a letter's state changed, and brings its conversation's alarm up to date. */
export async function announceDelivery(
  tx: Tx,
  actor: Actor,
  outgoing: Outgoing,
  facts: Record<string, Json> = {},
): Promise<void> {
  const { conversationId } = outgoing;
  await appendEvent(tx, actor, {
    kind: 'delivery_changed',
    conversationId,
    mailboxId: outgoing.mailboxId,
    facts: {
      outgoingId: outgoing.id,
      messageId: outgoing.messageId,
      state: outgoing.state,
      reply: outgoing.reply,
      ...facts,
    },
    silent: QUIET.has(outgoing.state) && actor.memberId === null,
  });
  await refreshAlarm(tx, outgoing);
}

/** Tells when a letter is to leave later, and when it was to before. */
export async function announceSchedule(
  tx: Tx,
  actor: Actor,
  { id, conversationId, mailboxId, messageId, leaveAt }: Outgoing,
  before: Date | null,
): Promise<void> {
  await appendEvent(tx, actor, {
    kind: 'send_scheduled',
    conversationId,
    mailboxId,
    facts: {
      outgoingId: id,
      messageId,
      from: before?.toISOString() ?? null,
      to: leaveAt.toISOString(),
    },
  });
}

/** The worst of the conversation's letters, after one of them changed. */
export async function refreshAlarm(
  tx: Tx,
  { workspaceId, conversationId }: Pick<Outgoing, 'workspaceId' | 'conversationId'>,
): Promise<void> {
  if (conversationId === null) return;
  const alarm = worstOf(await statesOf(tx, workspaceId, conversationId));
  await setAlarm(tx, workspaceId, conversationId, alarm);
}
