import { searchRoute } from '@madoguchi/contract';
import { actorOf } from '../accounts/index.ts';
import { type App, type Edge, route } from '../platform/index.ts';
import { searchMessages } from './search-messages.ts';

export function searchRoutes(app: App, { db }: Edge): void {
  route(app, searchRoute, async ({ query, request }) => ({
    items: await db.transaction((tx) => searchMessages(tx, actorOf(request), query.q)),
    next: null,
  }));
}
