import { changeManyRoute, undoManyRoute } from '@madoguchi/contract';
import { actorOf } from '../../accounts/index.ts';
import { type App, type Edge, route } from '../../platform/index.ts';
import { changeMany } from './change-many.ts';
import { undoMany } from './undo-many.ts';

export function bulkRoutes(app: App, { db }: Edge): void {
  route(app, changeManyRoute, ({ body, request }) =>
    db.transaction((tx) => changeMany(tx, actorOf(request), body)),
  );
  route(app, undoManyRoute, ({ params, request }) =>
    db.transaction((tx) => undoMany(tx, actorOf(request), params)),
  );
}
