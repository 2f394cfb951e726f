import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { WorkspaceId } from '@madoguchi/contract';
import { houseActor } from '../accounts/index.ts';
import { recountConversations } from '../conversation/index.ts';
import { type Ground, openGround, refuseNoHouse } from '../main.ts';
import { type Config, type Db, readConfig } from '../platform/index.ts';
import { askLocal } from '../platform/net/index.ts';

type Verdict = 'ok' | 'warn' | 'fail';

interface Finding {
  part: string;
  verdict: Verdict;
  found: string;
  /** How to mend it; empty when nothing is wrong. */
  hint: string;
}

const GIB = 1024 ** 3;
const LOW_DISK = 2 * GIB;
const FEED_LAG_LIMIT = 1000;
const CLOCK_LIMIT = 5_000;
const ANSWER_LIMIT = 3_000;

const ok = (part: string, found: string): Finding => ({ part, verdict: 'ok', found, hint: '' });

/**
 * `madoguchi doctor`: looks at each part, whether the server runs or not, and recounts the counts.
 * Exit code 0 when nothing fails; a warning does not fail.
 */
export async function doctor({ json }: { json?: boolean }): Promise<void> {
  const config = { ...readConfig(), logLevel: 'fatal' };
  const findings = [nodeVersion(), ...(await lookAtDisk(config)), await lookAtServer(config)];
  findings.push(...(await lookAtDatabase(config)));
  if (json) process.stdout.write(`${JSON.stringify({ findings })}\n`);
  else for (const finding of findings) process.stdout.write(`${render(finding)}\n`);
  if (findings.some(({ verdict }) => verdict === 'fail')) process.exitCode = 1;
}

function render({ part, verdict, found, hint }: Finding): string {
  const sign = { ok: ' ok ', warn: 'warn', fail: 'FAIL' }[verdict];
  return `[${sign}] ${part.padEnd(16)} ${found}${hint === '' ? '' : `\n       ${''.padEnd(16)} -> ${hint}`}`;
}

function nodeVersion(): Finding {
  return ok('runtime', `Node ${process.versions.node}`);
}

async function lookAtDisk(config: Config): Promise<Finding[]> {
  const { bavail, bsize } = await statfs(config.dataFolder).catch(() => statfs('.'));
  const free = bavail * bsize;
  const disk: Finding = {
    part: 'disk',
    verdict: free < LOW_DISK ? 'warn' : 'ok',
    found: `${(free / GIB).toFixed(1)} GiB free for ${config.dataFolder}`,
    hint: free < LOW_DISK ? 'make room: letters are refused with 451 when the disk is full' : '',
  };
  return [
    disk,
    await writable('data folder', config.dataFolder),
    await writable('key file', dirname(config.keyFile)),
  ];
}

async function writable(part: string, folder: string): Promise<Finding> {
  const may = await access(folder, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  return may
    ? ok(part, folder)
    : {
        part,
        verdict: 'warn',
        found: `${folder} is not there yet or may not be written`,
        hint: 'the first start makes it; else give it to the user who runs the server',
      };
}

async function lookAtServer(config: Config): Promise<Finding> {
  const address = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${config.port}/readyz`;
  const status = await askLocal(address, ANSWER_LIMIT);
  if (status === 200) return ok('server', `answers on port ${config.port}`);
  return {
    part: 'server',
    verdict: 'warn',
    found: status === null ? `nothing answers on port ${config.port}` : `answers ${status}`,
    hint: 'npm start, or set MADOGUCHI_PORT to the port it uses',
  };
}

async function lookAtDatabase(config: Config): Promise<Finding[]> {
  let ground: Ground;
  try {
    refuseNoHouse(config);
    ground = await openGround(config);
  } catch (error) {
    const hint =
      config.databaseUrl === null
        ? `start the server once, or look into the log in ${config.dataFolder}/postgres`
        : 'check DATABASE_URL and that the server runs';
    const found = error instanceof Error ? error.message : String(error);
    return [{ part: 'database', verdict: 'fail', found, hint }];
  }
  try {
    const { db } = ground;
    return [
      await databaseVersion(db),
      await clock(db),
      await feedLag(db),
      ...(await waitingWork(db)),
      ...(await channels(db)),
      ...(await recount(db)),
    ];
  } finally {
    await ground.close();
  }
}

async function one<Row extends object>(db: Db, statement: string): Promise<Row> {
  const { rows } = await db.pool.query<Row>(statement);
  const row = rows[0];
  if (row === undefined) throw new Error(`no answer to: ${statement}`);
  return row;
}

async function databaseVersion(db: Db): Promise<Finding> {
  const { version, migration } = await one<{ version: string; migration: number }>(
    db,
    `select current_setting('server_version') as version, (select max(number) from migration)::int as migration`,
  );
  return ok('database', `PostgreSQL ${version}, schema ${migration}`);
}

async function clock(db: Db): Promise<Finding> {
  const { now } = await one<{ now: Date }>(db, 'select clock_timestamp() as now');
  const off = Math.abs(Date.now() - now.getTime());
  if (off < CLOCK_LIMIT) return ok('clock', `${off} ms from the database's`);
  return {
    part: 'clock',
    verdict: 'warn',
    found: `${off} ms from the database's`,
    hint: 'let both machines keep time by NTP',
  };
}

async function feedLag(db: Db): Promise<Finding> {
  const { lag, unnumbered } = await one<{ lag: number; unnumbered: number }>(
    db,
    `select (select position from feed_counter) - coalesce((select min(position) from feed_reader), 0) as lag,
            (select count(*) from event where position is null) as unnumbered`,
  );
  const late = Math.max(lag, unnumbered);
  if (late < FEED_LAG_LIMIT) return ok('feed', `${lag} events behind, ${unnumbered} not numbered`);
  return {
    part: 'feed',
    verdict: 'warn',
    found: `${lag} events behind, ${unnumbered} not numbered`,
    hint: 'start a server with the role worker, and look into its log',
  };
}

async function waitingWork(db: Db): Promise<Finding[]> {
  const { letters, unknown, stuck, workers } = await one<
    Record<'letters' | 'unknown' | 'stuck' | 'workers', number>
  >(
    db,
    `select (select count(*) from raw_message where state = 'waiting' and received_at < now() - interval '2 minutes') as letters,
            (select count(*) from outgoing where state = 'unknown') as unknown,
            (select count(*) from outgoing where state in ('queued', 'deferred')
              and coalesce(next_attempt_at, leave_at) < now() - interval '5 minutes') as stuck,
            (select count(*) from worker_lease where expires_at > now()) as workers`,
  );
  const worker = workers > 0 ? '' : ' and no worker is alive: start the server';
  return [
    finding('letters in', letters, `${letters} kept but not yet read`, `look into the log${worker}`),
    finding('letters out', stuck, `${stuck} overdue`, `look at the outbox page${worker}`),
    finding(
      'unknown',
      unknown,
      `${unknown} may or may not have arrived`,
      'a person decides on the outbox page',
    ),
  ];
}

function finding(part: string, n: number, found: string, hint: string): Finding {
  return n === 0 ? ok(part, found) : { part, verdict: 'warn', found, hint };
}

async function channels(db: Db): Promise<Finding[]> {
  const { rows } = await db.pool.query<{ name: string; state: string; problem: string | null }>(
    `select mailbox.name, channel.state, channel.problem from channel
       join mailbox on mailbox.workspace_id = channel.workspace_id and mailbox.id = channel.mailbox_id
      where channel.kind = 'mail_account' and channel.off_at is null`,
  );
  return rows.map(({ name, state, problem }) =>
    state === 'failed'
      ? {
          part: 'mail account',
          verdict: 'warn',
          found: `${name}: ${problem ?? state}`,
          hint: 'settings, shared mailbox, test the connection',
        }
      : ok('mail account', `${name}: ${state}`),
  );
}

async function recount(db: Db): Promise<Finding[]> {
  const { rows } = await db.pool.query<{ id: WorkspaceId; name: string }>('select id, name from workspace');
  return Promise.all(
    rows.map(async ({ id, name }) => {
      const { wrong } = await db.transaction((tx) => recountConversations(tx, houseActor(id)));
      if (wrong === 0) return ok('counts', `${name}: exact`);
      return {
        part: 'counts',
        verdict: 'warn' as const,
        found: `${name}: ${wrong} were off and are corrected`,
        hint: 'please report this as a bug',
      };
    }),
  );
}
