import { type MailboxId, OutgoingId, type OutgoingItem } from '@madoguchi/contract';
import { Value } from 'typebox/value';
import { type Actor, requirePermission } from '../accounts/index.ts';
import type { Tx } from '../platform/index.ts';
import { cursorUnfit } from './errors.ts';
import { itemsOf } from './outgoing.ts';
import { isOutgoing, listUndelivered } from './store.ts';

const PAGE = 50;

interface Wanted {
  mailboxId?: MailboxId | undefined;
  limit?: number | undefined;
  /** The `next` of the page before. */
  cursor?: string | undefined;
}

/**
 * A page of the letters that are not delivered, newest first, of conversations the actor may see.
 * @throws notAllowed; cursorUnfit when the cursor is none that this list gave
 */
export async function listOutgoing(
  tx: Tx,
  actor: Actor,
  { mailboxId, limit = PAGE, cursor }: Wanted,
): Promise<{ items: OutgoingItem[]; next: string | null }> {
  requirePermission(actor, 'outgoing.see');
  const after = cursor === undefined ? null : await readCursor(tx, actor, cursor);
  const found = await listUndelivered(tx, actor, { mailboxId: mailboxId ?? null, after, limit: limit + 1 });
  const last = found.length > limit ? found[limit - 1] : undefined;
  return { items: found.slice(0, limit).flatMap(itemsOf), next: last?.id ?? null };
}

/** The letter may have been delivered since, but it was one: an id that is nobody's would begin anew. */
async function readCursor(tx: Tx, { workspaceId }: Actor, cursor: string): Promise<OutgoingId> {
  const isOurs =
    Value.Check(OutgoingId, cursor) && (await isOutgoing(tx, { workspaceId, outgoingId: cursor }));
  if (!isOurs) throw cursorUnfit({});
  return cursor;
}
