import type { Actor } from '../../accounts/index.ts';
import { listCopies } from '../../conversation/index.ts';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { type AskKey, deleteAsk } from './store.ts';
import type { TakeOver, TakeOverEnd } from './take-over.ts';

/** Tells every conversation of the answer that somebody asks for it. */
export async function announceAsked(tx: Tx, actor: Actor, ask: TakeOver): Promise<void> {
  for (const { conversationId, mailboxId } of await listCopies(tx, ask.workspaceId, ask.answerId)) {
    await appendEvent(tx, actor, {
      kind: 'take_over_asked',
      conversationId,
      mailboxId,
      facts: { askerId: ask.askerId, holderId: ask.holderId },
      silent: conversationId !== ask.conversationId,
    });
  }
}

/** 履歴 tells of a no; what was handed over, or ended by itself, is told by the hold's own events. */
export async function announceAskEnded(
  tx: Tx,
  actor: Actor,
  ask: TakeOver,
  outcome: TakeOverEnd,
): Promise<void> {
  const isTold = outcome === 'refused' || outcome === 'typing' || outcome === 'withdrawn';
  for (const { conversationId, mailboxId } of await listCopies(tx, ask.workspaceId, ask.answerId)) {
    await appendEvent(tx, actor, {
      kind: 'take_over_ended',
      conversationId,
      mailboxId,
      facts: { askerId: ask.askerId, holderId: ask.holderId, outcome },
      silent: !isTold || conversationId !== ask.conversationId,
    });
  }
}

/** Takes the question away, if there is one, and says so. The caller holds the answer's row. */
export async function endAsk(tx: Tx, actor: Actor, key: AskKey, outcome: TakeOverEnd): Promise<void> {
  const ask = await deleteAsk(tx, key);
  if (ask !== null) await announceAskEnded(tx, actor, ask, outcome);
}
