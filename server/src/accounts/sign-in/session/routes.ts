import {
  endMemberSessionsRoute,
  endOtherSessionsRoute,
  endSessionRoute,
  enterWorkspaceRoute,
  listMemberSessionsRoute,
  listSessionsRoute,
  noteActivityRoute,
} from '@madoguchi/contract';
import { type App, type AppRequest, type Edge, route } from '../../../platform/index.ts';
import { actorOf } from '../actor-of.ts';
import {
  endMemberSessions,
  endOtherSessions,
  endSession,
  listMemberSessions,
  listSessions,
  noteActivity,
  type ShownSession,
} from './end-sessions.ts';
import { enterWorkspace } from './enter-workspace.ts';

export function sessionRoutes(app: App, { db }: Edge): void {
  route(app, noteActivityRoute, ({ request }) =>
    db.transaction(async (tx) => {
      await noteActivity(tx, actorOf(request));
      return {};
    }),
  );
  route(app, listSessionsRoute, ({ request }) =>
    db.transaction(async (tx) => toWire(await listSessions(tx, actorOf(request)))),
  );
  route(app, endSessionRoute, ({ request, params }) =>
    db.transaction(async (tx) => {
      await endSession(tx, actorOf(request), { ...params, ...peerOf(request) });
      return {};
    }),
  );
  route(app, endOtherSessionsRoute, ({ request }) =>
    db.transaction(async (tx) => ({
      ended: await endOtherSessions(tx, actorOf(request), peerOf(request)),
    })),
  );
  route(app, listMemberSessionsRoute, ({ request, params }) =>
    db.transaction(async (tx) => toWire(await listMemberSessions(tx, actorOf(request), params))),
  );
  route(app, endMemberSessionsRoute, ({ request, params }) =>
    db.transaction(async (tx) => ({
      ended: await endMemberSessions(tx, actorOf(request), { ...params, ...peerOf(request) }),
    })),
  );
  route(app, enterWorkspaceRoute, ({ request, body }) =>
    db.transaction(async (tx) => {
      await enterWorkspace(tx, actorOf(request), { ...body, address: request.ip });
      return {};
    }),
  );
}

const peerOf = (request: AppRequest) => ({
  address: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
});

const toWire = (sessions: ShownSession[]) => ({
  items: sessions.map((session) => ({
    ...session,
    createdAt: session.createdAt.toISOString(),
    lastActiveAt: session.lastActiveAt.toISOString(),
  })),
  next: null,
});
