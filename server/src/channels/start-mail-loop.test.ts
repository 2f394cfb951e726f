import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChannelId, MailboxId, WorkspaceId } from '@madoguchi/contract';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { houseActor } from '../accounts/index.ts';
import { openFiles, openSecrets, readConfig } from '../platform/index.ts';
import { aMailbox, aWorkspace, type TestDb, testDb } from '../testing/index.ts';
import { type PlainImap, plainImapServer } from './email/testing/plain-imap-server.ts';
import { addChannel, saveChannel } from './save-channel.ts';
import { type MailLoop, startMailLoop } from './start-mail-loop.ts';

let db: TestDb;
let folder: string;
let imap: PlainImap;
let loops: MailLoop[];
let workspaceId: WorkspaceId;
let mailboxId: MailboxId;

beforeAll(async () => {
  db = await testDb();
  folder = await mkdtemp(join(tmpdir(), 'mail-loop-'));
  await db.transaction(async (tx) => {
    workspaceId = await aWorkspace(tx);
    mailboxId = await aMailbox(tx, workspaceId);
  });
});
afterAll(async () => {
  await db.drop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  imap = await plainImapServer();
  loops = [];
});
afterEach(async () => {
  await Promise.all(loops.map((loop) => loop.stop()));
  await imap.close();
  await db.transaction((tx) =>
    tx.updateTable('channel').set({ off_at: new Date() }).where('workspace_id', '=', workspaceId).execute(),
  );
});

async function startLoop(): Promise<MailLoop> {
  const config = {
    ...readConfig({ MADOGUCHI_DATA: folder, MADOGUCHI_PRIVATE_HOSTS: '127.0.0.1' }),
    smtpPort: 0,
  };
  const secrets = await openSecrets(config.keyFile);
  const loop = await startMailLoop({ db, config, files: openFiles(folder), secrets, onRaw: async () => {} });
  loops.push(loop);
  return loop;
}

const account = (user: string) => ({
  imap: {
    host: '127.0.0.1',
    port: imap.port,
    security: 'none' as const,
    verifyCertificate: true,
    user,
    password: 'himitsu',
    folders: ['INBOX'],
  },
  smtp: null,
});

const secrets = () => openSecrets(join(folder, 'keys/secret.key'));
const add = async (): Promise<ChannelId> => {
  const sealing = await secrets();
  return db.transaction((tx) =>
    addChannel(tx, houseActor(workspaceId), { mailboxId, account: account('order') }, sealing),
  );
};
const save = async (channelId: ChannelId, user: string, off: boolean) => {
  const sealing = await secrets();
  const change = { channelId, account: account(user), off };
  await db.transaction((tx) => saveChannel(tx, houseActor(workspaceId), change, sealing));
};

async function until(look: () => boolean): Promise<void> {
  for (let left = 1000; left > 0; left -= 1) {
    if (look()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never so; heard ${imap.heard.slice(-20).join(' | ')}`);
}
const signIns = () => imap.heard.filter((command) => command.startsWith('LOGIN'));
const passes = () => imap.heard.filter((command) => command.startsWith('EXAMINE'));

test('an account that is added, changed or switched off while the loop runs is followed without a restart', async () => {
  await startLoop();
  const id = await add();
  await until(() => passes().length === 1);
  expect(signIns()).toEqual(['LOGIN "order" "himitsu"']);

  await save(id, 'another', false);
  await until(() => passes().length === 2);
  expect(signIns().at(-1)).toBe('LOGIN "another" "himitsu"');

  await save(id, 'another', true);
  await until(() => imap.heard.at(-1) === 'LOGOUT' || imap.connections() === 0);
});

test('of two processes one reads the account; when it ends the other takes over', async () => {
  const first = await startLoop();
  await add();
  await until(() => passes().length === 1);
  await startLoop();
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(signIns()).toHaveLength(1);

  await first.stop();
  loops.shift();
  await until(() => signIns().length === 2);
});
