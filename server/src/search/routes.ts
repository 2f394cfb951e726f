import { searchRoute } from '@madoguchi/contract';
import { actorOf, openMasks } from '../accounts/index.ts';
import { type App, type Edge, route } from '../platform/index.ts';
import { searchMessages } from './search-messages.ts';

export function searchRoutes(app: App, edge: Edge): void {
  const { db } = edge;
  const masks = openMasks(edge);
  route(app, searchRoute, async ({ query, request }) => ({
    items: await db.transaction(async (tx) => {
      const actor = actorOf(request);
      return searchMessages(tx, actor, query.q, await masks.forActor(tx, actor));
    }),
    next: null,
  }));
}
