import {
  addViewRoute,
  countViewsRoute,
  deleteViewRoute,
  listViewsRoute,
  orderViewsRoute,
  saveViewRoute,
} from '@madoguchi/contract';
import { actorOf } from '../../accounts/index.ts';
import { type App, type Edge, route } from '../../platform/index.ts';
import { countViews, listViews } from './list-views.ts';
import { addView, deleteView, orderViews, saveView } from './save-view.ts';

export function viewRoutes(app: App, { db }: Edge): void {
  route(app, listViewsRoute, async ({ request }) => ({
    items: await db.transaction((tx) => listViews(tx, actorOf(request))),
    next: null,
  }));
  route(app, countViewsRoute, async ({ request }) => ({
    items: await db.transaction((tx) => countViews(tx, actorOf(request))),
    next: null,
  }));
  route(app, addViewRoute, ({ body, request }) =>
    db.transaction((tx) => addView(tx, actorOf(request), body)),
  );
  route(app, saveViewRoute, ({ params, body, request }) =>
    db.transaction((tx) => saveView(tx, actorOf(request), { ...params, ...body })),
  );
  route(app, deleteViewRoute, async ({ params, request }) => {
    await db.transaction((tx) => deleteView(tx, actorOf(request), params));
    return {};
  });
  route(app, orderViewsRoute, async ({ body, request }) => {
    await db.transaction((tx) => orderViews(tx, actorOf(request), body));
    return {};
  });
}
