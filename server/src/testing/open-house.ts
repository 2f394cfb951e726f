import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountsAuth } from '../accounts/index.ts';
import {
  type App,
  type Edge,
  log,
  openApp,
  openDb,
  openFeedTail,
  openFiles,
  openSecrets,
  readConfig,
} from '../platform/index.ts';
import { testDb } from './with-tx.ts';

export interface TestHouse {
  app: App;
  edge: Edge;
  /** Signs in as the page does; the cookie header of the following requests. */
  signIn(email: string, password: string): Promise<string>;
  close(): Promise<void>;
}

/** The origin that the page of a test house has. */
export const TEST_ORIGIN = 'http://localhost:3000';

/**
 * The HTTP edge of a house with a database of its own and nothing in it, asked by `app.inject`: no socket.
 * @param register adds the routes under test
 * @param env settings that differ from the defaults
 */
export async function openHouse(
  register: (app: App, edge: Edge) => void,
  env: Record<string, string> = {},
): Promise<TestHouse> {
  log.level = 'error';
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-house-'));
  const config = readConfig({ MADOGUCHI_DATA: folder, ...env });
  const db = await testDb();
  const tail = await openFeedTail(db);
  const edge = { db, config, files: openFiles(folder), secrets: await openSecrets(config.keyFile), tail };
  const app = await openApp(config);
  accountsAuth(app, edge);
  register(app, edge);
  await app.ready();
  return {
    app,
    edge,
    signIn: (email, password) => signIn(app, email, password),
    async close() {
      await app.close();
      await tail.close();
      await db.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A second server process over the same database and settings, as far as HTTP tells: its own connections. */
export async function openBeside(
  { edge }: TestHouse,
  register: (app: App, edge: Edge) => void,
): Promise<Pick<TestHouse, 'app' | 'edge' | 'close'>> {
  const db = openDb({ url: edge.db.url, size: 10 });
  const tail = await openFeedTail(db);
  const beside = { ...edge, db, tail };
  const app = await openApp(edge.config);
  accountsAuth(app, beside);
  register(app, beside);
  await app.ready();
  return {
    app,
    edge: beside,
    async close() {
      await app.close();
      await tail.close();
      await db.close();
    },
  };
}

async function signIn(app: App, email: string, password: string): Promise<string> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    headers: { origin: TEST_ORIGIN },
    payload: { email, password },
  });
  if (answer.statusCode !== 200) throw new Error(`sign-in was refused: ${answer.body}`);
  return answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
}
