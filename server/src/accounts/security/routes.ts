import { getSecurityRoute, renameWorkspaceRoute, saveSecurityRoute } from '@madoguchi/contract';
import { type App, type AppRequest, type Edge, route } from '../../platform/index.ts';
import { plainAddress } from '../../platform/net/index.ts';
import { actorOf } from '../sign-in/actor-of.ts';
import { getSecurity, renameWorkspace, saveSecurity } from './save-security.ts';

export function securityRoutes(app: App, { db }: Edge): void {
  route(app, getSecurityRoute, ({ request }) =>
    db.transaction(async (tx) => ({
      ...(await getSecurity(tx, actorOf(request))),
      yourAddress: addressOf(request),
    })),
  );
  route(app, saveSecurityRoute, ({ request, body }) =>
    db.transaction(async (tx) => ({
      ...(await saveSecurity(tx, actorOf(request), { ...body, address: addressOf(request) })),
      yourAddress: addressOf(request),
    })),
  );
  route(app, renameWorkspaceRoute, ({ request, body }) =>
    db.transaction(async (tx) => {
      await renameWorkspace(tx, actorOf(request), body);
      return {};
    }),
  );
}

const addressOf = ({ ip }: AppRequest): string => plainAddress(ip) ?? ip;
