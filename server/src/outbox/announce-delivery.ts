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
  const { workspaceId, conversationId } = outgoing;
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
  if (conversationId === null) return;
  const alarm = worstOf(await statesOf(tx, workspaceId, conversationId));
  await setAlarm(tx, workspaceId, conversationId, alarm);
}
