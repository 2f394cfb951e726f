import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../e2e/servers/own-process.ts';
import { selfSigned } from '../../e2e/servers/self-signed.ts';
import { type House, OWNER, setUpHouse } from '../house/start-house.ts';
import { until } from '../house/until.ts';
import { type Elsewhere, openElsewhere } from './elsewhere.ts';
import { ask } from './http.ts';
import { type Letters, sendLetters } from './letters.ts';
import { makePeople, type People } from './people.ts';
import { openRelay, type Relay } from './relay.ts';
import { openPictureHost, openTrap, type PictureHost, type Trap } from './trap.ts';

const MAIN = fileURLToPath(new URL('../../server/src/cli/main.ts', import.meta.url));
const READY_WITHIN = 60_000;

export const ORDER = 'order@komorebi.example';
/** A mailbox that only the administrator sees into. */
export const HIDDEN = 'jinji@komorebi.example';
/** The public address of the second server; a reverse proxy stands before it and is believed. */
export const PUBLIC_URL = 'https://mado.komorebi.example';
/** Pictures may come from there and from nowhere else inside. */
const PICTURE_ADDRESS = '127.0.0.2';

/** Everything that the probes attack. */
export interface Ground {
  house: House;
  /** http://localhost:PORT, as the house calls itself. */
  url: string;
  /** A second server on the same database, behind a proxy and with a certificate. */
  behindProxy: { url: string; smtpPort: number };
  people: People;
  letters: Letters;
  elsewhere: Elsewhere;
  relay: Relay;
  trap: Trap;
  pictures: PictureHost;
  /** What must never stand in the log. */
  secrets: Map<string, string>;
  close(): Promise<void>;
}

/** Sets the house up by command, starts it twice, and fills it with people and letters. */
export async function openGround(say: (line: string) => void): Promise<Ground> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closeOne of closers.reverse().splice(0)) await closeOne();
  };
  try {
    return { ...(await build(say, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(
  say: (line: string) => void,
  closers: (() => Promise<void>)[],
): Promise<Omit<Ground, 'close'>> {
  const [relay, trap, pictures] = [
    await openRelay(),
    await openTrap(),
    await openPictureHost(PICTURE_ADDRESS),
  ];
  closers.push(relay.close, trap.close, pictures.close);
  const house = await setUpHouse({
    mailboxes: [ORDER, HIDDEN],
    settings: {
      MADOGUCHI_SYSTEM_SMTP: `smtp://127.0.0.1:${relay.port}`,
      MADOGUCHI_PRIVATE_HOSTS: '',
      MADOGUCHI_PICTURE_HOSTS: PICTURE_ADDRESS,
      MADOGUCHI_LOG: 'debug',
    },
  });
  closers.push(house.remove);
  say('set up by command');
  const enterElsewhere = await openElsewhere(house);
  house.start();
  await house.ready();
  const second = await startBehindProxy(house);
  closers.push(second.stop);
  say('two servers answer');
  const url = house.url.replace('127.0.0.1', 'localhost');
  const people = await makePeople({ url: house.url, mailbox: ORDER, owner: OWNER });
  const elsewhere = await enterElsewhere();
  const letters = await sendLetters({
    house,
    owner: people.owner,
    trap,
    pictures,
    order: ORDER,
    hidden: HIDDEN,
  });
  say('people and letters are there');
  const secrets = new Map([...people.secrets, ...letters.secrets, ['the token of the command', house.token]]);
  return { house, url, behindProxy: second, people, letters, elsewhere, relay, trap, pictures, secrets };
}

interface SecondServer {
  url: string;
  smtpPort: number;
  stop(): Promise<void>;
}

async function startBehindProxy(house: House): Promise<SecondServer> {
  const { cert, key } = await selfSigned(house.folder);
  const [port, smtpPort] = [await freePort(), await freePort()];
  const env = {
    ...house.env,
    MADOGUCHI_PORT: String(port),
    MADOGUCHI_SMTP_PORT: String(smtpPort),
    MADOGUCHI_URL: PUBLIC_URL,
    MADOGUCHI_TRUST_PROXY: 'true',
    MADOGUCHI_TLS_CERT: cert,
    MADOGUCHI_TLS_KEY: key,
  };
  const child = spawn(process.execPath, [MAIN, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(house.logFile, { flags: 'a' });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const url = `http://127.0.0.1:${port}`;
  await until(
    'the second server to be ready',
    async () => (await ask({ url: `${url}/readyz` }).catch(() => null))?.status === 200,
    READY_WITHIN,
  );
  return { url, smtpPort, stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
