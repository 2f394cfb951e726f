import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '../../accounts/index.ts';
import { registerRoutes } from '../../main.ts';
import { type Edge, log, openApp, openFiles, openSecrets, readConfig } from '../../platform/index.ts';
import { testDb } from '../with-tx.ts';
import type { Matrix } from './ask.ts';
import { openOneConnection } from './one-connection.ts';
import { makeAskers } from './people.ts';
import { makeCompany, makeWorld } from './world.ts';

export interface OpenMatrix extends Matrix {
  /** Every route that the server answers on: `GET /api/v1/me`. */
  routes: readonly string[];
  edge: Edge;
  close(): Promise<void>;
}

/** The whole server's routes over one company with one of everything, and everyone who may ask. */
export async function openMatrix(): Promise<OpenMatrix> {
  log.level = 'error';
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-matrix-'));
  const config = readConfig({ MADOGUCHI_DATA: folder });
  const own = await testDb();
  const connection = await openOneConnection(own.url);
  const tail = { position: () => 0, listen: () => () => {}, since: async () => [], close: async () => {} };
  const { db } = connection;
  const edge: Edge = {
    db,
    config,
    files: openFiles(folder),
    secrets: await openSecrets(config.keyFile),
    tail,
  };
  const app = await openApp(config);
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') routes.push(`${one} ${url}`);
  });
  let lastActor: Actor | null = null;
  app.addHook('preHandler', async ({ actor }) => {
    lastActor = actor ?? null;
  });
  await registerRoutes(app, edge);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const another = await db.transaction((tx) => makeCompany(tx, '別の会社'));
  const world = await makeWorld(edge, another.workspaceId);
  const askers = await makeAskers(connection, app, world.company, another);
  return {
    app,
    connection,
    world,
    askers,
    lastActor: () => lastActor,
    edge,
    routes,
    async close() {
      await app.close();
      await connection.close();
      await own.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
