import { listOutgoingRoute, settleOutgoingRoute } from '@madoguchi/contract';
import { actorOf } from '../accounts/index.ts';
import { type App, type Edge, route } from '../platform/index.ts';
import { decideOutgoing } from './decide-outgoing.ts';
import { outgoingNotFound } from './errors.ts';
import { listOutgoing } from './list-outgoing.ts';
import { itemsOf } from './outgoing.ts';

export function outboxRoutes(app: App, { db }: Edge): void {
  route(app, listOutgoingRoute, ({ query, request }) =>
    db.transaction((tx) => listOutgoing(tx, actorOf(request), query)),
  );

  route(app, settleOutgoingRoute, async ({ params, body, request }) => {
    const decided = await db.transaction((tx) =>
      decideOutgoing(tx, actorOf(request), { outgoingId: params.outgoingId, ...body }),
    );
    const [item] = itemsOf(decided);
    if (item === undefined) throw outgoingNotFound({ outgoingId: params.outgoingId });
    return item;
  });
}
