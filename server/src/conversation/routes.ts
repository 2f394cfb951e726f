import { Readable } from 'node:stream';
import {
  addNoteRoute,
  assignConversationRoute,
  assignTeamRoute,
  countConversationsRoute,
  exportConversationsRoute,
  getConversationRoute,
  getCountsRoute,
  listConversationsRoute,
  listEventsRoute,
  listMessagesRoute,
  listStatusesRoute,
  listWaitingReasonsRoute,
  moveConversationRoute,
  saveStatusesRoute,
  setPlaceRoute,
  setSeenRoute,
  setStatusRoute,
} from '@madoguchi/contract';
import { actorOf } from '../accounts/index.ts';
import { type App, type Edge, route } from '../platform/index.ts';
import { addNote } from './add-note.ts';
import { assignTeam } from './assign/assign-team.ts';
import { assignConversation } from './assign-conversation.ts';
import { bulkRoutes } from './bulk/routes.ts';
import { countsOf } from './counts/counts-of.ts';
import { exportConversations, linesOf, noteExport } from './export/export-conversations.ts';
import { listEvents } from './history/list-events.ts';
import { labelRoutes } from './label/routes.ts';
import { countList, getChanged, getConversation, listConversations } from './list/list-conversations.ts';
import { getMessage, listMessages } from './messages/list-messages.ts';
import { messageRoutes } from './messages/routes.ts';
import { moveConversation } from './move-conversation.ts';
import { setSeen } from './seen/set-seen.ts';
import { setPlace } from './set-place.ts';
import { setStatus } from './set-status.ts';
import { saveStatuses } from './status/save-statuses.ts';
import { listReasons, listStatuses } from './status/store.ts';
import { viewRoutes } from './view/routes.ts';

export function conversationRoutes(app: App, edge: Edge): void {
  readingRoutes(app, edge);
  statusRoutes(app, edge);
  exportRoute(app, edge);
  changingRoutes(app, edge);
  messageRoutes(app, edge);
  labelRoutes(app, edge);
  bulkRoutes(app, edge);
  viewRoutes(app, edge);
}

function readingRoutes(app: App, { db }: Edge): void {
  route(app, listConversationsRoute, ({ query, request }) =>
    db.transaction((tx) => listConversations(tx, actorOf(request), query)),
  );
  route(app, countConversationsRoute, ({ query, request }) =>
    db.transaction((tx) => countList(tx, actorOf(request), query)),
  );
  route(app, getConversationRoute, ({ params, request }) =>
    db.transaction((tx) => getConversation(tx, actorOf(request), params.conversationId)),
  );
  route(app, listMessagesRoute, ({ params, query, request }) =>
    db.transaction((tx) => listMessages(tx, actorOf(request), { ...query, ...params })),
  );
  route(app, listEventsRoute, ({ params, query, request }) =>
    db.transaction((tx) => listEvents(tx, actorOf(request), { ...query, ...params })),
  );
  route(app, getCountsRoute, ({ request }) => db.transaction((tx) => countsOf(tx, actorOf(request))));
}

function statusRoutes(app: App, { db }: Edge): void {
  route(app, listStatusesRoute, async ({ request }) => ({
    items: await db.transaction((tx) => listStatuses(tx, actorOf(request).workspaceId)),
    next: null,
  }));
  route(app, listWaitingReasonsRoute, async ({ request }) => ({
    items: await db.transaction((tx) => listReasons(tx, actorOf(request).workspaceId)),
    next: null,
  }));
  route(app, saveStatusesRoute, ({ body, request }) =>
    db.transaction((tx) => saveStatuses(tx, actorOf(request), body)),
  );
}

function exportRoute(app: App, { db }: Edge): void {
  route(app, exportConversationsRoute, async ({ query, request, reply }) => {
    const actor = actorOf(request);
    const wish = { filter: query, acceptLanguage: request.headers['accept-language'] };
    const table = await db.transaction((tx) => exportConversations(tx, actor, wish));
    return reply
      .headers({
        'cache-control': 'private, no-store',
        'content-disposition': 'attachment; filename="conversations.csv"',
      })
      .type('text/csv; charset=utf-8')
      .send(
        Readable.from(
          linesOf(db, table, (lines) => db.transaction((tx) => noteExport(tx, actor, query, lines))),
        ),
      );
  });
}

function changingRoutes(app: App, { db }: Edge): void {
  route(app, assignConversationRoute, ({ params, body, request }) =>
    db.transaction(async (tx) => {
      const { id } = await assignConversation(tx, actorOf(request), { ...params, ...body });
      return getChanged(tx, actorOf(request), id);
    }),
  );
  route(app, assignTeamRoute, ({ params, body, request }) =>
    db.transaction(async (tx) => {
      const { id } = await assignTeam(tx, actorOf(request), { ...params, ...body });
      return getChanged(tx, actorOf(request), id);
    }),
  );
  route(app, setStatusRoute, ({ params, body, request }) =>
    db.transaction(async (tx) => {
      const { id } = await setStatus(tx, actorOf(request), { ...params, ...body });
      return getChanged(tx, actorOf(request), id);
    }),
  );
  route(app, setPlaceRoute, ({ params, body, request }) =>
    db.transaction(async (tx) => {
      const { id } = await setPlace(tx, actorOf(request), { ...params, ...body });
      return getChanged(tx, actorOf(request), id);
    }),
  );
  route(app, moveConversationRoute, ({ params, body, request }) =>
    db.transaction(async (tx) => {
      const { id } = await moveConversation(tx, actorOf(request), { ...params, ...body });
      return getChanged(tx, actorOf(request), id);
    }),
  );
  route(app, setSeenRoute, ({ params, body, request }) =>
    db.transaction(async (tx) => ({ revision: await setSeen(tx, actorOf(request), { ...params, ...body }) })),
  );
  route(app, addNoteRoute, ({ params, body, request }) =>
    db.transaction(async (tx) => {
      const { messageId } = await addNote(tx, actorOf(request), { ...params, ...body });
      return getMessage(tx, actorOf(request), messageId);
    }),
  );
}
