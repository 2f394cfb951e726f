import type { App, Edge } from '../platform/index.ts';
import { historyRoutes } from './history/routes.ts';
import { mailboxRoutes } from './mailbox/routes.ts';
import { memberRoutes } from './member/routes.ts';
import { previewRoutes } from './preview/routes.ts';
import { roleRoutes } from './role/routes.ts';
import { securityRoutes } from './security/routes.ts';
import { sessionRoutes } from './sign-in/session/routes.ts';
import { teamRoutes } from './team/routes.ts';
import { tokenRoutes } from './token/routes.ts';

export function accountsRoutes(app: App, edge: Edge): void {
  memberRoutes(app, edge);
  roleRoutes(app, edge);
  teamRoutes(app, edge);
  mailboxRoutes(app, edge);
  sessionRoutes(app, edge);
  tokenRoutes(app, edge);
  securityRoutes(app, edge);
  previewRoutes(app, edge);
  historyRoutes(app, edge);
}
