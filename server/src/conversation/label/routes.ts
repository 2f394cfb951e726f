import {
  addLabelRoute,
  countLabelRoute,
  deleteLabelRoute,
  listLabelsRoute,
  putLabelOnRoute,
  saveLabelRoute,
  takeLabelOffRoute,
} from '@madoguchi/contract';
import { actorOf } from '../../accounts/index.ts';
import { type App, type Edge, route } from '../../platform/index.ts';
import { getChanged } from '../list/list-conversations.ts';
import { addLabel, deleteLabel, saveLabel, usesOfLabel } from './save-label.ts';
import { setLabel } from './set-label.ts';
import { findLabels } from './store.ts';

export function labelRoutes(app: App, { db }: Edge): void {
  route(app, listLabelsRoute, async ({ request }) => ({
    items: await db.transaction((tx) => findLabels(tx, actorOf(request).workspaceId)),
    next: null,
  }));
  route(app, addLabelRoute, ({ body, request }) =>
    db.transaction((tx) => addLabel(tx, actorOf(request), body)),
  );
  route(app, saveLabelRoute, ({ params, body, request }) =>
    db.transaction((tx) => saveLabel(tx, actorOf(request), { ...params, ...body })),
  );
  route(app, countLabelRoute, ({ params, request }) =>
    db.transaction((tx) => usesOfLabel(tx, actorOf(request), params)),
  );
  route(app, deleteLabelRoute, async ({ params, request }) => {
    await db.transaction((tx) => deleteLabel(tx, actorOf(request), params));
    return {};
  });
  route(app, putLabelOnRoute, ({ params, request }) =>
    db.transaction(async (tx) => {
      const { id } = await setLabel(tx, actorOf(request), { ...params, on: true });
      return getChanged(tx, actorOf(request), id);
    }),
  );
  route(app, takeLabelOffRoute, ({ params, request }) =>
    db.transaction(async (tx) => {
      const { id } = await setLabel(tx, actorOf(request), { ...params, on: false });
      return getChanged(tx, actorOf(request), id);
    }),
  );
}
