import type { ConversationId, HistoryEvent } from '@madoguchi/contract';
import { type Actor, requirePermission } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';
import { readKeyCursor, writeKeyCursor } from '../list/filter.ts';
import { refuseUnseen } from '../messages/list-messages.ts';
import { selectEvents } from './store.ts';

const PAGE = 200;

interface Wanted {
  conversationId: ConversationId;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/**
 * Who did what, when, oldest first; `next` leads to newer ones. To read is a right of the role and goes as far
 * as its mailboxes.
 * @throws notAllowed
 */
export async function listEvents(
  tx: Tx,
  actor: Actor,
  { conversationId, limit = PAGE, cursor }: Wanted,
): Promise<{ items: HistoryEvent[]; next: string | null }> {
  requirePermission(actor, 'conversation.see_history');
  const after = Number(readKeyCursor(cursor, (key) => /^\d{1,9}$/.test(key)) ?? 0);
  const rows = await selectEvents(tx, actor, { conversationId, limit, after });
  if (rows.length === 0) await refuseUnseen(tx, actor, conversationId);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => ({
      id: row.id,
      no: row.no ?? 0,
      at: row.at.toISOString(),
      kind: row.kind,
      memberId: row.memberId,
      facts: row.facts as Record<string, unknown>, // appendEvent takes nothing but an object.
    })),
    next: last ? writeKeyCursor(String(last.no)) : null,
  };
}
