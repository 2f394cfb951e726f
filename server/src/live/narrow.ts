import type { ConversationId, MailboxId } from '@madoguchi/contract';
import type { Actor } from '../accounts/index.ts';
import { visibleAmong } from '../conversation/index.ts';
import type { FeedEvent, Tx } from '../platform/index.ts';
import { isTakenFrom } from './line.ts';

/** Whether the mailbox alone does not say what the actor sees: only the conversation itself does. */
export const isNarrow = ({ scope, previewedBy }: Actor): boolean =>
  scope !== 'mailboxes' || (previewedBy !== null && isNarrow(previewedBy));

/**
 * Of a batch, what concerns somebody who sees some conversations of his mailboxes only: those that he may see
 * now, and those that this very event took from him, so that his page drops them. One question to the
 * database, however many events.
 */
export async function narrowTo(tx: Tx, actor: Actor, events: readonly FeedEvent[]): Promise<FeedEvent[]> {
  const ours = events.filter(({ workspaceId }) => workspaceId === actor.workspaceId);
  const ids = new Set(ours.flatMap(({ conversationId }) => conversationId ?? []));
  const seen = await visibleAmong(tx, asBeforeMoves(actor, ours), [...ids]);
  return ours.filter((event) => concerns(event, actor, seen));
}

function concerns(event: FeedEvent, actor: Actor, seen: ReadonlySet<ConversationId>): boolean {
  const { conversationId } = event;
  return conversationId === null || seen.has(conversationId) || isTakenFrom(event, actor);
}

/**
 * Where a conversation left one of his mailboxes in this batch, its new mailbox counts as his for once: what
 * he saw there before is still told by its assignee and team. The line names only mailboxes that are his.
 */
function asBeforeMoves(actor: Actor, events: readonly FeedEvent[]): Actor {
  const { mailboxes, previewedBy } = actor;
  if (mailboxes === 'all') return actor;
  const now = events.flatMap(({ kind, mailboxId, facts }): [MailboxId, 'read'][] => {
    const isLeft = kind === 'mailbox_changed' && mailboxes.has(facts.from as MailboxId); // Else it is in no map.
    return isLeft && mailboxId !== null && !mailboxes.has(mailboxId) ? [[mailboxId, 'read']] : [];
  });
  return {
    ...actor,
    mailboxes: new Map([...mailboxes, ...now]),
    previewedBy: previewedBy && asBeforeMoves(previewedBy, events),
  };
}
