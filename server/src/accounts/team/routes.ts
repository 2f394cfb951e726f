import { addTeamRoute, deleteTeamRoute, listTeamsRoute, saveTeamRoute } from '@madoguchi/contract';
import { type App, type Edge, route } from '../../platform/index.ts';
import { actorOf } from '../sign-in/actor-of.ts';
import { addTeam, deleteTeam, saveTeam } from './save-team.ts';
import { findTeams } from './store.ts';

export function teamRoutes(app: App, { db }: Edge): void {
  route(app, listTeamsRoute, ({ request }) =>
    db.transaction(async (tx) => ({ items: await findTeams(tx, actorOf(request).workspaceId), next: null })),
  );
  route(app, addTeamRoute, ({ request, body }) =>
    db.transaction((tx) => addTeam(tx, actorOf(request), body)),
  );
  route(app, saveTeamRoute, ({ request, params, body }) =>
    db.transaction((tx) => saveTeam(tx, actorOf(request), { ...params, ...body })),
  );
  route(app, deleteTeamRoute, ({ request, params }) =>
    db.transaction(async (tx) => {
      await deleteTeam(tx, actorOf(request), params);
      return {};
    }),
  );
}
