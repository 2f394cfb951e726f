import type { Db } from '../db.ts';
import { defineError } from '../errors.ts';
import type { App, AppRequest } from './app.ts';
import { countRequest } from './count-request.ts';
import { peerOf } from './network-of.ts';

/** A whole office sits behind one address; a guesser gets nowhere with either. */
const READINGS_PER_MINUTE = 120;
const CHANGES_PER_MINUTE = 30;
const MINUTE = 60;

const tooManyRequests = defineError<{ retryAfterSeconds: number }>(
  'platform.too_many_requests',
  'too_many',
  'Too many requests came from here. Wait a little and try again.',
);

/**
 * Limits how often one peer may ask each route of the API that needs no sign-in. Counted in the database,
 * so that two servers count together. What watches us (/healthz, /readyz) lies outside the API and is free.
 */
export function limitOpenRoutes(app: App, db: Pick<Db, 'transaction'>): void {
  app.addHook('onRequest', async (request) => {
    const { url = '', config } = request.routeOptions;
    if (url.startsWith('/api/') && config.open === true) await count(request, db);
  });
}

async function count(request: AppRequest, db: Pick<Db, 'transaction'>): Promise<void> {
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  const found = await db.transaction((tx) =>
    countRequest(tx, { peer: peerOf(request.ip), door: `${request.method} ${request.routeOptions.url}` }),
  );
  if (found.count > (isReading ? READINGS_PER_MINUTE : CHANGES_PER_MINUTE)) {
    throw tooManyRequests({ retryAfterSeconds: MINUTE - found.second });
  }
}
