import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accountsAuth, accountsRoutes, accountsSweeps, ensureSetupCode } from './accounts/index.ts';
import { channelsRoutes, type OnRaw, openChannels, startMailLoop } from './channels/index.ts';
import { composeReaders, composeRoutes, composeSweeps } from './compose/index.ts';
import { conversationReaders, conversationRoutes, conversationSweeps } from './conversation/index.ts';
import { customersRoutes } from './customers/index.ts';
import { demoRoutes, seedDemo, startDemoWorld } from './demo/index.ts';
import { intakeJobs, intakeSweeps, openParsePool, queueTakeIn } from './intake/index.ts';
import { liveRoutes, liveSweeps } from './live/index.ts';
import { notifyJobs, notifyReaders, notifyRoutes, notifySweeps } from './notify/index.ts';
import { outboxJobs, outboxReaders, outboxRoutes, outboxSweeps } from './outbox/index.ts';
import { startEmbeddedPostgres } from './platform/embedded-postgres/index.ts';
import {
  type App,
  type Config,
  type Db,
  defineError,
  type Edge,
  type Files,
  log,
  migrate,
  migrateJobs,
  newId,
  openApp,
  openDatabaseClock,
  openDb,
  openFeedTail,
  openFiles,
  openSecrets,
  readyJob,
  type Secrets,
  serveDocs,
  serveWebPage,
  startNumbering,
  startReaders,
  startSweeps,
  startWorkers,
  sweepFiles,
} from './platform/index.ts';
import { searchReaders, searchRoutes } from './search/index.ts';
import { setupRoutes } from './setup-routes.ts';

const DIST = fileURLToPath(new URL('../../web/dist', import.meta.url));
const CONNECTIONS = 30;

/** What commands need, whether the server runs or not: the same settings, the same database. */
export interface Ground {
  config: Config;
  db: Db;
  files: Files;
  secrets: Secrets;
  close(): Promise<void>;
}

/** Opens database (starting the embedded one if nobody has), files and secrets, and migrates. */
export async function openGround(config: Config, say: (step: string) => void = () => {}): Promise<Ground> {
  log.level = config.logLevel;
  // Entered by all, read by the owner: what is private lies in folders of its own.
  await mkdir(config.dataFolder, { recursive: true, mode: 0o711 });
  const postgres = config.databaseUrl === null ? await startEmbedded(config, say) : null;
  const url = postgres?.url ?? config.databaseUrl ?? '';
  await migrate(url, (name) => say(`schema: ${name}`));
  await migrateJobs(url);
  const db = openDb({ url, size: CONNECTIONS });
  return {
    config,
    db,
    files: openFiles(config.dataFolder),
    secrets: await openSecrets(config.keyFile),
    async close() {
      await db.close();
      await postgres?.stop();
    },
  };
}

export const noHouseHere = defineError<{ folder: string }>(
  'main.no_house_here',
  'not_found',
  'There is no Madoguchi in this folder yet. Start it once, or set MADOGUCHI_DATA (./demo-data for the demo).',
);

/**
 * For commands that look into a house: none is made by asking for one.
 * @throws noHouseHere when the embedded database has never been started in the data folder
 */
export function refuseNoHouse({ dataFolder, databaseUrl }: Config): void {
  if (databaseUrl === null && !existsSync(databaseFolder(dataFolder)))
    throw noHouseHere({ folder: dataFolder });
}

const databaseFolder = (dataFolder: string) => join(dataFolder, 'postgres');

function startEmbedded(config: Config, say: (step: string) => void) {
  const folder = databaseFolder(config.dataFolder);
  if (!existsSync(folder)) say('preparing the database (first start only)');
  return startEmbeddedPostgres({ folder, log: (line) => say(line) });
}

export interface House {
  /** Where to open the page. */
  url: string;
  /** The one-time code of the first page; null once it was filled in. */
  setupCode: string | null;
  /** Drains for ten seconds at most, then leaves everything as the next start wants it. */
  stop(): Promise<void>;
}

type Stop = () => Promise<void>;

/** Runs the roles that the settings ask for: web answers, worker works, mail listens to the world. */
export async function serve(config: Config, say: (step: string) => void = () => {}): Promise<House> {
  const ground = await openGround(config, say);
  const stops: Stop[] = [ground.close];
  const stop = async () => {
    for (const part of stops.reverse().splice(0)) await part();
  };
  try {
    if (config.demo) await seedDemo({ ...ground, say });
    stops.push(startNumbering(ground.db.url));
    if (config.roles.worker) stops.push(await startWork(ground));
    if (config.roles.mail) stops.push(await startMail(ground));
    const setupCode = await ensureSetupCode(ground.db, ground.secrets);
    if (config.roles.web) stops.push(await startWeb(ground, say));
    return { url: config.url, setupCode, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startWork(ground: Ground): Promise<Stop> {
  const { db, files, config, secrets } = ground;
  const leaseId = newId<string>();
  const pool = openParsePool();
  const channels = openChannels(ground);
  const needs = { db, files, config, secrets, pool, channels, leaseId };
  const jobs = [
    ...intakeJobs.map((job) => readyJob(job, needs)),
    ...outboxJobs.map((job) => readyJob(job, needs)),
    ...notifyJobs.map((job) => readyJob(job, needs)),
  ];
  const workers = await startWorkers(db, leaseId, jobs);
  const stopReaders = startReaders(db, needs, [
    ...conversationReaders,
    ...composeReaders,
    ...searchReaders,
    ...outboxReaders,
    ...notifyReaders,
  ]);
  const stopSweeps = startSweeps(needs, [
    ...accountsSweeps,
    ...conversationSweeps,
    ...composeSweeps,
    ...intakeSweeps,
    ...outboxSweeps,
    ...notifySweeps,
    ...liveSweeps,
    sweepFiles,
  ]);
  return async () => {
    await stopSweeps();
    await stopReaders();
    await workers.stop();
    await pool.close();
  };
}

/** Takes letters in for a command that brings some, also while no server runs. */
export async function withIntake<T>(ground: Ground, work: (onRaw: OnRaw) => Promise<T>): Promise<T> {
  const pool = openParsePool();
  const workers = await startWorkers(
    ground.db,
    newId<string>(),
    intakeJobs.map((job) => readyJob(job, { ...ground, pool })),
  );
  try {
    return await work(queueTakeIn);
  } finally {
    await workers.stop();
    await pool.close();
  }
}

async function startMail(ground: Ground): Promise<Stop> {
  const loop = await startMailLoop({ ...ground, onRaw: queueTakeIn });
  return () => loop.stop();
}

async function startWeb(ground: Ground, say: (step: string) => void): Promise<Stop> {
  const { config, db } = ground;
  const tail = await openFeedTail(db);
  const clock = await openDatabaseClock(db);
  const app = await openApp(config, clock.now);
  const edge: Edge = { ...ground, tail };
  await registerRoutes(app, edge);
  const world = config.demo ? await startDemoWorld({ ...ground, say }) : null;
  if (world !== null) demoRoutes(app, edge, world);
  serveDocs(app);
  await serveWebPage(app, DIST);
  await app.listen({ port: config.port, host: config.host });
  return async () => {
    await tail.close();
    await app.close();
    clock.close();
    await world?.stop();
  };
}

export async function registerRoutes(app: App, edge: Edge): Promise<void> {
  healthRoutes(app, edge.db);
  await accountsAuth(app, edge);
  accountsRoutes(app, edge);
  setupRoutes(app, edge);
  channelsRoutes(app, edge);
  conversationRoutes(app, edge);
  customersRoutes(app, edge);
  composeRoutes(app, edge);
  outboxRoutes(app, edge);
  searchRoutes(app, edge);
  notifyRoutes(app, edge);
  liveRoutes(app, edge);
}

/** For whoever watches us: alive at all, and able to work (200 before set-up too). */
function healthRoutes(app: App, db: Db): void {
  const open = { schema: { hide: true }, config: { open: true } };
  app.get('/healthz', open, async () => ({ ok: true }));
  app.get('/readyz', open, async (_request, reply) => {
    const ready = await db.pool.query('select 1').then(
      () => true,
      () => false,
    );
    return reply.code(ready ? 200 : 503).send({ ok: ready });
  });
}
