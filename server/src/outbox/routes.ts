import {
  confirmOutgoingRoute,
  listOutgoingRoute,
  type OutgoingId,
  type OutgoingItem,
  saveLeaveAtRoute,
  settleOutgoingRoute,
} from '@madoguchi/contract';
import { actorOf } from '../accounts/index.ts';
import { type App, type Edge, route } from '../platform/index.ts';
import { decideOutgoing } from './decide-outgoing.ts';
import { outgoingNotFound } from './errors.ts';
import { confirmOutgoing, saveLeaveAt } from './leave/confirm-outgoing.ts';
import { listOutgoing } from './list-outgoing.ts';
import { itemsOf, type Outgoing } from './outgoing.ts';

export function outboxRoutes(app: App, { db }: Edge): void {
  route(app, listOutgoingRoute, ({ query, request }) =>
    db.transaction((tx) => listOutgoing(tx, actorOf(request), query)),
  );

  route(app, settleOutgoingRoute, async ({ params, body, request }) => {
    const decided = await db.transaction((tx) =>
      decideOutgoing(tx, actorOf(request), { outgoingId: params.outgoingId, ...body }),
    );
    return itemOf(decided, params);
  });

  route(app, confirmOutgoingRoute, async ({ params, body, request }) =>
    itemOf(
      await db.transaction((tx) => confirmOutgoing(tx, actorOf(request), { ...params, ...body })),
      params,
    ),
  );

  route(app, saveLeaveAtRoute, async ({ params, body, request }) =>
    itemOf(await db.transaction((tx) => saveLeaveAt(tx, actorOf(request), { ...params, ...body })), params),
  );
}

function itemOf(outgoing: Outgoing, { outgoingId }: { outgoingId: OutgoingId }): OutgoingItem {
  const [item] = itemsOf(outgoing);
  if (item === undefined) throw outgoingNotFound({ outgoingId });
  return item;
}
