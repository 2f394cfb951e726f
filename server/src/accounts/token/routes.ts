import { addTokenRoute, endTokenRoute, listTokensRoute } from '@madoguchi/contract';
import { type App, type Edge, route } from '../../platform/index.ts';
import { actorOf } from '../sign-in/actor-of.ts';
import { addOwnToken, endOwnToken, listOwnTokens } from './own-tokens.ts';
import type { StoredToken } from './store.ts';

export function tokenRoutes(app: App, { db }: Edge): void {
  route(app, listTokensRoute, ({ request }) =>
    db.transaction(async (tx) => ({
      items: (await listOwnTokens(tx, actorOf(request))).map(toWire),
      next: null,
    })),
  );
  route(app, addTokenRoute, ({ request, body }) =>
    db.transaction(async (tx) => {
      const { word, ...token } = await addOwnToken(tx, actorOf(request), body);
      return { ...toWire(token), word };
    }),
  );
  route(app, endTokenRoute, ({ request, params }) =>
    db.transaction(async (tx) => {
      await endOwnToken(tx, actorOf(request), params);
      return {};
    }),
  );
}

const toWire = (token: StoredToken) => ({
  ...token,
  createdAt: token.createdAt.toISOString(),
  lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
});
