import { listOutgoingRoute, OutgoingId, settleOutgoingRoute } from '@madoguchi/contract';
import { Value } from 'typebox/value';
import { actorOf } from '../accounts/index.ts';
import { type App, type Edge, route } from '../platform/index.ts';
import { decideOutgoing } from './decide-outgoing.ts';
import { outgoingNotFound } from './errors.ts';
import { type Outgoing, toItem } from './outgoing.ts';
import { listUndelivered, type OutgoingPage } from './store.ts';

const PAGE = 50;

export function outboxRoutes(app: App, { db }: Edge): void {
  route(app, listOutgoingRoute, async ({ query, request }) => {
    const limit = query.limit ?? PAGE;
    const page = { mailboxId: query.mailboxId ?? null, after: readCursor(query.cursor), limit: limit + 1 };
    const found = await db.transaction((tx) => listUndelivered(tx, actorOf(request), page));
    const last = found.length > limit ? found[limit - 1] : undefined;
    return { items: found.slice(0, limit).flatMap(itemsOf), next: last?.id ?? null };
  });

  route(app, settleOutgoingRoute, async ({ params, body, request }) => {
    const decided = await db.transaction((tx) =>
      decideOutgoing(tx, actorOf(request), { outgoingId: params.outgoingId, ...body }),
    );
    const [item] = itemsOf(decided);
    if (item === undefined) throw outgoingNotFound({ outgoingId: params.outgoingId });
    return item;
  });
}

/** The house's own mail has no mailbox and stands on nobody's page. */
const itemsOf = (outgoing: Outgoing) =>
  outgoing.mailboxId === null ? [] : [toItem({ ...outgoing, mailboxId: outgoing.mailboxId })];

/** A cursor that is not ours begins at the newest. */
function readCursor(cursor: string | undefined): OutgoingPage['after'] {
  return Value.Check(OutgoingId, cursor) ? cursor : null;
}
