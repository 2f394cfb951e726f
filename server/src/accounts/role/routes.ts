import { addRoleRoute, deleteRoleRoute, listRolesRoute, saveRoleRoute } from '@madoguchi/contract';
import { type App, type AppRequest, type Edge, route } from '../../platform/index.ts';
import { plainAddress } from '../../platform/net/index.ts';
import { actorOf } from '../sign-in/actor-of.ts';
import { addRole, deleteRole, saveRole } from './save-role.ts';
import { listRoles } from './store.ts';

export function roleRoutes(app: App, { db }: Edge): void {
  route(app, listRolesRoute, ({ request }) =>
    db.transaction(async (tx) => ({ items: await listRoles(tx, actorOf(request).workspaceId), next: null })),
  );
  route(app, addRoleRoute, ({ request, body }) =>
    db.transaction((tx) => addRole(tx, actorOf(request), body)),
  );
  route(app, saveRoleRoute, ({ request, params, body }) =>
    db.transaction((tx) =>
      saveRole(tx, actorOf(request), { ...params, ...body, address: addressOf(request) }),
    ),
  );
  route(app, deleteRoleRoute, ({ request, params }) =>
    db.transaction(async (tx) => {
      await deleteRole(tx, actorOf(request), params);
      return {};
    }),
  );
}

const addressOf = ({ ip }: AppRequest): string => plainAddress(ip) ?? ip;
