import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChannelId, ImapDoor, MailAccount, MailboxId, SmtpDoor, WorkspaceId } from '@madoguchi/contract';
import { ImapFlow } from 'imapflow';
import { houseActor } from '../../server/src/accounts/index.ts';
import { addChannel, type RawMessageRef, startMailLoop } from '../../server/src/channels/index.ts';
import { startEmbeddedPostgres } from '../../server/src/platform/embedded-postgres/index.ts';
import {
  type Config,
  type Db,
  type Files,
  migrate,
  openDb,
  openFiles,
  openSecrets,
  readConfig,
  type Secrets,
} from '../../server/src/platform/index.ts';
import { aMailbox, aWorkspace } from '../../server/src/testing/builders.ts';

/** A house with its doors only: a database, files, secrets, and a mail loop that hands letters to a list. */
export interface MailGround {
  db: Db;
  files: Files;
  secrets: Secrets;
  config: Config;
  workspaceId: WorkspaceId;
  mailboxId: MailboxId;
  /** What was handed on, in the order of the commits or near it. */
  handedOn: RawMessageRef[];
  /** Starts a mail loop; all are stopped at the end. */
  startLoop(): Promise<{ smtpPort: number | null; stop(): Promise<void> }>;
  addAccount(account: MailAccount): Promise<ChannelId>;
  close(): Promise<void>;
}

export async function openMailGround(): Promise<MailGround> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-mail-'));
  const postgres = await startEmbeddedPostgres({ folder, settings: { fsync: 'off' } });
  await migrate(postgres.url);
  const db = openDb({ url: postgres.url });
  const config = {
    ...readConfig({ MADOGUCHI_DATA: folder, MADOGUCHI_PRIVATE_HOSTS: '127.0.0.1,localhost' }),
    // Each loop takes a free port: several run at once here.
    smtpPort: 0,
  };
  const files = openFiles(folder);
  const secrets = await openSecrets(join(folder, 'secret.key'));
  const handedOn: RawMessageRef[] = [];
  const onRaw = async (_tx: unknown, raw: RawMessageRef) => {
    handedOn.push(raw);
  };
  const { workspaceId, mailboxId } = await db.transaction(async (tx) => {
    const id = await aWorkspace(tx);
    return { workspaceId: id, mailboxId: await aMailbox(tx, id, { address: 'order@komorebi.example' }) };
  });
  const loops: { stop(): Promise<void> }[] = [];
  return {
    ...{ db, files, secrets, config, workspaceId, mailboxId, handedOn },
    async startLoop() {
      const loop = await startMailLoop({ db, files, secrets, config, onRaw });
      loops.push(loop);
      return loop;
    },
    addAccount: (account) =>
      db.transaction((tx) => addChannel(tx, houseActor(workspaceId), { mailboxId, account }, secrets)),
    async close() {
      await Promise.all(loops.map((loop) => loop.stop()));
      await db.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Place {
  port: number;
  password: string;
}

export function imapDoor({ port, password }: Place, given: Partial<ImapDoor> = {}): ImapDoor {
  return {
    host: '127.0.0.1',
    port,
    security: 'none',
    verifyCertificate: false,
    user: 'order@komorebi.example',
    password,
    folders: ['INBOX'],
    ...given,
  };
}

export function smtpDoor({ port, password }: Place, given: Partial<SmtpDoor> = {}): SmtpDoor {
  return {
    host: '127.0.0.1',
    port,
    security: 'none',
    verifyCertificate: false,
    user: 'order',
    password,
    ...given,
  };
}

/** The account as another program of the company sees it. */
export async function asOtherClient<T>(
  { port, password }: Place,
  work: (client: ImapFlow) => Promise<T>,
  user = 'order@komorebi.example',
): Promise<T> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: false,
    doSTARTTLS: false,
    auth: { user, pass: password },
    disableAutoIdle: true,
    logger: false,
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.logout();
  }
}

/** Letter number `n`; what makes it different from others is its number alone. */
export function aLetter(n: number, body = `本文 ${n}`): Buffer {
  const head = `From: 山田 <yamada@customer.example>\r\nTo: order@komorebi.example\r\nSubject: letter ${n}\r\n`;
  return Buffer.from(`${head}Message-ID: <${n}@customer.example>\r\n\r\n${body}\r\n`);
}

/** Waits generously until something is so; says how long it took when it never is. */
export async function until<T>(
  what: string,
  look: () => Promise<T | false | null | undefined>,
  waitMs = 60_000,
): Promise<T> {
  const begin = Date.now();
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() - begin > waitMs) throw new Error(`${what}: not so after ${Date.now() - begin} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
