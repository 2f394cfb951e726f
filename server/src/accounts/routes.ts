import type { App, Edge } from '../platform/index.ts';
import { mailboxRoutes } from './mailbox/routes.ts';
import { memberRoutes } from './member/routes.ts';

export function accountsRoutes(app: App, edge: Edge): void {
  memberRoutes(app, edge);
  mailboxRoutes(app, edge);
}
