import type { MemberId } from '@madoguchi/contract';
import type { Actor } from '../../accounts/index.ts';
import { listCopies } from '../../conversation/index.ts';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { endAsk } from '../take-over/announce-take-over.ts';
import type { Hold, HoldEnd } from './hold.ts';

/** Tells every conversation of the answer, so that the screens of each mailbox learn of it. */
export async function announceTaken(tx: Tx, actor: Actor, hold: Hold, silent = false): Promise<void> {
  for (const { conversationId, mailboxId } of await listCopies(tx, hold.workspaceId, hold.answerId)) {
    await appendEvent(tx, actor, {
      kind: 'hold_taken',
      conversationId,
      mailboxId,
      facts: { holderId: hold.memberId, heldIn: hold.conversationId },
      silent: silent || conversationId !== hold.conversationId,
    });
  }
}

/** Tells them that it is over, and whoever asked to take it over that there is nothing left to ask for. */
export async function announceEnded(
  tx: Tx,
  actor: Actor,
  hold: Hold,
  reason: HoldEnd,
  more: { words?: string; toId?: MemberId; how?: string } = {},
): Promise<void> {
  for (const { conversationId, mailboxId } of await listCopies(tx, hold.workspaceId, hold.answerId)) {
    await appendEvent(tx, actor, {
      kind: 'hold_ended',
      conversationId,
      mailboxId,
      facts: { holderId: hold.memberId, heldIn: hold.conversationId, reason, ...more },
      // The sent answer is its own entry of 履歴.
      silent: reason === 'sent' || conversationId !== hold.conversationId,
    });
  }
  await endAsk(tx, actor, hold, 'free');
}
