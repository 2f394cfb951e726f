import { exportSignInsRoute, listSignInsRoute, noteUnusualRoute } from '@madoguchi/contract';
import { type App, type Edge, route } from '../../platform/index.ts';
import { actorOf } from '../sign-in/actor-of.ts';
import { exportSignIns } from './export-sign-ins.ts';
import { listSignIns } from './list-sign-ins.ts';
import { noteUnusual, type StoredSignIn } from './store.ts';

export function historyRoutes(app: App, { db }: Edge): void {
  route(app, listSignInsRoute, ({ request, query }) =>
    db.transaction(async (tx) => {
      const { items, next } = await listSignIns(tx, actorOf(request), query);
      return { items: items.map(toWire), next };
    }),
  );
  route(app, exportSignInsRoute, async ({ request, query, reply }) => {
    const language = firstLanguage(request.headers['accept-language']);
    const { fileName, text } = await db.transaction((tx) =>
      exportSignIns(tx, actorOf(request), { ...query, language }),
    );
    return reply
      .type('text/csv; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
      .send(Buffer.from(text));
  });
  route(app, noteUnusualRoute, ({ request }) =>
    db.transaction(async (tx) => {
      const { workspaceId, memberId } = actorOf(request);
      await noteUnusual(tx, workspaceId, memberId);
      return {};
    }),
  );
}

const toWire = (record: StoredSignIn) => ({ ...record, at: record.at.toISOString() });

/** The first of the browser's languages that we speak, as the page chooses it. */
function firstLanguage(accepted = ''): 'ja' | 'en' {
  const tags = accepted.split(',').map((tag) => tag.trim().slice(0, 2).toLowerCase());
  return tags.find((tag) => tag === 'ja' || tag === 'en') ?? 'en';
}
