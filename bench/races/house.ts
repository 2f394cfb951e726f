import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  addMember,
  listRoles,
  loadActor,
  makeToken,
  setMemberPassword,
} from '../../server/src/accounts/index.ts';
import { setUp } from '../../server/src/cli/setup.ts';
import { openGround } from '../../server/src/main.ts';
import { readConfig } from '../../server/src/platform/index.ts';

const MAIN = fileURLToPath(new URL('../../server/src/cli/main.ts', import.meta.url));
const READY_WITHIN = 120_000;
export const MAILBOX = 'order@komorebi.example';

/** A house under test: one or two server processes on one database, and its people's tokens. */
export interface RaceHouse {
  urls: string[];
  smtpPort: number;
  tokens: string[];
  close(): Promise<void>;
}

interface Wanted {
  processes: number;
  people: number;
  /** Port of the mail server that every letter leaves to. */
  sinkPort: number;
}

export async function openRaceHouse({ processes, people, sinkPort }: Wanted): Promise<RaceHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-races-'));
  const smtpPort = await freePort();
  const common = {
    MADOGUCHI_DATA: folder,
    MADOGUCHI_SYSTEM_SMTP: `smtp://127.0.0.1:${sinkPort}`,
    MADOGUCHI_LOG: 'warn',
    ...(process.env.DATABASE_URL && { DATABASE_URL: process.env.DATABASE_URL }),
  };
  const ground = await openGround(readConfig({ ...common }));
  const children: ChildProcess[] = [];
  const close = async () => {
    for (const child of children) await end(child);
    await ground.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const tokens = await makePeople(ground, people);
    const urls: string[] = [];
    for (let at = 0; at < processes; at += 1) {
      const port = await freePort();
      // The first process has the SMTP door; the second only shares the database.
      const own = { MADOGUCHI_PORT: String(port), MADOGUCHI_SMTP_PORT: at === 0 ? String(smtpPort) : '0' };
      children.push(startServer({ ...common, ...own }));
      urls.push(`http://127.0.0.1:${port}`);
    }
    for (const url of urls) await untilReady(url);
    return { urls, smtpPort, tokens, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The company with its mailbox and its people, each with an API token. */
async function makePeople({ db }: Awaited<ReturnType<typeof openGround>>, people: number): Promise<string[]> {
  const mailboxes = [{ name: 'ご注文・配送', address: MAILBOX }];
  const first = {
    company: 'こもれび雑貨店',
    name: '係 0',
    email: 'p0@komorebi.example',
    password: 'a long password',
  };
  const done = await db.transaction((tx) => setUp(tx, { ...first, mailboxes, demo: false }));
  const { workspaceId, memberId } = done.administrator;
  const mailboxIds = done.mailboxes.map(({ id }) => id);
  return await db.transaction(async (tx) => {
    const actor = await loadActor(tx, workspaceId, memberId);
    const role = (await listRoles(tx, workspaceId)).find(({ key }) => key === 'member');
    if (actor === null || role === undefined) throw new Error('the house was not set up');
    const tokens = [await makeToken(tx, actor, { memberId })];
    for (let at = 1; at < people; at += 1) {
      const facts = {
        name: `係 ${at}`,
        email: `p${at}@komorebi.example`,
        roleId: role.id,
        mailboxIds,
        baseUrl: '',
      };
      const { member } = await addMember(tx, actor, facts);
      await setMemberPassword(tx, actor, { memberId: member.id, password: 'a long password' });
      tokens.push(await makeToken(tx, actor, { memberId: member.id }));
    }
    return tokens;
  });
}

function startServer(settings: Record<string, string>): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: { PATH, HOME, ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  child.on('exit', (code) => {
    if (code !== 0 && code !== null) console.error(`a server ended with ${code}`);
  });
  return child;
}

async function untilReady(url: string): Promise<void> {
  const until = Date.now() + READY_WITHIN;
  while (Date.now() < until) {
    const isReady = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await sleep(200);
  }
  throw new Error(`${url} was not ready within ${READY_WITHIN / 1000} s`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
