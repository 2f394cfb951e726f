import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChannelId } from '@madoguchi/contract';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { houseActor } from '../../server/src/accounts/index.ts';
import { saveChannel } from '../../server/src/channels/save-channel.ts';
import { callForCheck, listChannels, readLedgers } from '../../server/src/channels/store.ts';
import { type DovecotServer, startDovecot } from '../servers/dovecot.ts';
import { aLetter, asOtherClient, imapDoor, type MailGround, openMailGround, until } from './mail-ground.ts';

let ground: MailGround;
let dovecot: DovecotServer;
let user: string;
let users = 0;

beforeAll(async () => {
  [ground, dovecot] = await Promise.all([openMailGround(), startDovecot()]);
  await ground.startLoop();
});
afterAll(async () => {
  await ground?.close();
  await dovecot?.remove();
});
beforeEach(() => {
  users += 1;
  user = `order-${users}@komorebi.example`;
});
afterEach(async () => {
  await ground.db.transaction(async (tx) => {
    for (const channel of await listChannels(tx, ground.workspaceId, 'all')) {
      if (channel.imap === null || channel.isOff) continue;
      const change = { channelId: channel.id, account: { imap: channel.imap, smtp: null }, off: true };
      await saveChannel(tx, houseActor(ground.workspaceId), change, ground.secrets);
    }
  });
});

const account = (given = {}) => ({ imap: imapDoor(dovecot, { user, ...given }), smtp: null });

const put = (from: number, to: number, folder = 'INBOX') =>
  asOtherClient(
    dovecot,
    async (client) => {
      if (folder !== 'INBOX') await client.mailboxCreate(folder);
      for (let n = from; n <= to; n += 1) await client.append(folder, aLetter(n));
    },
    user,
  );

const poll = (id: ChannelId) => ground.db.transaction((tx) => callForCheck(tx, ground.workspaceId, id));

/** The subjects' numbers that were kept from a channel, in the order of their UIDs. */
const keptOf = (channelId: ChannelId) =>
  ground.db.transaction(async (tx) => {
    const rows = await tx
      .selectFrom('raw_message')
      .select(['body', 'folder', 'uid', 'size'])
      .where('workspace_id', '=', ground.workspaceId)
      .where('channel_id', '=', channelId)
      .orderBy('uid_validity')
      .orderBy('uid')
      .execute();
    return rows.map((row) => Number(/letter (\d+)/.exec(row.body?.toString() ?? '')?.[1]));
  });

const channelOf = (channelId: ChannelId) =>
  ground.db.transaction(async (tx) => {
    const found = (await listChannels(tx, ground.workspaceId, 'all')).find(({ id }) => id === channelId);
    if (found === undefined) throw new Error('the channel is gone');
    return found;
  });

const eventsOf = (kind: string, channelId: ChannelId) =>
  ground.db.transaction(async (tx) => {
    const rows = await tx
      .selectFrom('event')
      .select(['kind', 'facts'])
      .where('workspace_id', '=', ground.workspaceId)
      .where('kind', '=', kind)
      .where('silent', '=', false)
      .execute();
    return rows.filter(({ facts }) => JSON.stringify(facts).includes(channelId));
  });

const ledgerOf = (id: ChannelId) =>
  ground.db.transaction(async (tx) => (await readLedgers(tx, ground.workspaceId)).get(id));

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('all existing mail is kept byte for byte, whoever has read it, and no flag changes', async () => {
  await put(1, 100);
  await asOtherClient(
    dovecot,
    async (client) => {
      await client.mailboxOpen('INBOX');
      await client.messageFlagsAdd('1:50', ['\\Seen']);
    },
    user,
  );

  const id = await ground.addAccount(account());
  await until('100 letters', async () => (await keptOf(id)).length === 100);

  expect(await keptOf(id)).toEqual(numbers(1, 100));
  expect(await ledgerOf(id)).toMatchObject({ seen: 100, waiting: 100, taken: 0 });
  const seen = await asOtherClient(
    dovecot,
    async (client) => {
      await client.mailboxOpen('INBOX', { readOnly: true });
      return client.search({ seen: true }, { uid: true });
    },
    user,
  );
  expect(seen).toEqual(numbers(1, 50));
  const first = await ground.db.transaction((tx) =>
    tx
      .selectFrom('raw_message')
      .select(['body', 'envelope'])
      .where('workspace_id', '=', ground.workspaceId)
      .where('channel_id', '=', id)
      .where('uid', '=', 1)
      .executeTakeFirstOrThrow(),
  );
  expect(first.body?.equals(aLetter(1))).toBe(true);
  expect(first.envelope).toMatchObject({ mailFrom: null, rcptTo: [] });
});

test('a new letter is told by IDLE, long before the polling floor', async () => {
  const id = await ground.addAccount(account());
  await until('the first pass', async () => (await channelOf(id)).state === 'connected');
  // IDLE begins half a second after the pass.
  await new Promise((resolve) => setTimeout(resolve, 1_500));

  await put(1, 1);

  await until('the letter', async () => (await keptOf(id)).length === 1, 20_000);
});

test('chosen folders are read, others are not, and letters thrown away on the server stay away', async () => {
  await put(1, 2);
  await put(3, 4, 'ご注文');
  await put(5, 6, 'Private');
  await asOtherClient(
    dovecot,
    async (client) => {
      await client.mailboxOpen('INBOX');
      await client.messageFlagsAdd('1', ['\\Deleted']);
    },
    user,
  );

  const id = await ground.addAccount(account({ folders: ['INBOX', 'ご注文'] }));

  await until('three letters', async () => (await keptOf(id)).length >= 3);
  await until('connected', async () => (await channelOf(id)).state === 'connected');
  expect((await keptOf(id)).sort()).toEqual([2, 3, 4]);
});

test('a mailbox made anew is read whole under its new UIDVALIDITY; nothing is missed', async () => {
  await put(1, 5);
  const id = await ground.addAccount(account());
  await until('five letters', async () => (await keptOf(id)).length === 5);

  // What a migration does: the same letters, other UIDs.
  await asOtherClient(
    dovecot,
    async (client) => {
      await client.mailboxOpen('INBOX');
      await client.messageDelete('1:*');
    },
    user,
  );
  const maildir = dovecot.maildirOf(user);
  const indexes = (await readdir(maildir)).filter((name) => name.startsWith('dovecot'));
  for (const name of indexes) await rm(join(maildir, name), { force: true });
  await new Promise((resolve) => setTimeout(resolve, 1_100)); // UIDVALIDITY counts seconds.
  await put(1, 6);
  await until('a second numbering', async () => {
    await poll(id);
    return (await keptOf(id)).length === 11;
  });

  expect((await keptOf(id)).slice(5)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await ledgerOf(id)).toMatchObject({ seen: 11, waiting: 11 });
});

test('large letters come by the stream and lie in the file store, those behind them too', async () => {
  const large = aLetter(1, 'x'.repeat(70).concat('\r\n').repeat(60_000));
  await asOtherClient(
    dovecot,
    async (client) => {
      await client.append('INBOX', large);
      await client.append('INBOX', aLetter(2));
    },
    user,
  );

  const id = await ground.addAccount(account());
  await until('two letters', async () => (await keptOf(id)).length === 2);

  const row = await ground.db.transaction((tx) =>
    tx
      .selectFrom('raw_message')
      .select(['sha256', 'in_file', 'size'])
      .where('workspace_id', '=', ground.workspaceId)
      .where('channel_id', '=', id)
      .where('uid', '=', 1)
      .executeTakeFirstOrThrow(),
  );
  expect(row).toMatchObject({ in_file: true, size: large.length });
  expect((await ground.files.read(ground.workspaceId, row.sha256)).equals(large)).toBe(true);
});

test('two processes read one account, and each letter is kept once', async () => {
  const other = await ground.startLoop();
  await put(1, 300);

  const id = await ground.addAccount(account());
  await until('all letters', async () => (await keptOf(id)).length >= 300);

  expect(await keptOf(id)).toEqual(numbers(1, 300));
  await other.stop();
});

test('a server that goes away is said to be away, and is read again by itself when it returns', async () => {
  const id = await ground.addAccount(account());
  await until('the first pass', async () => (await channelOf(id)).state === 'connected');

  await dovecot.stop();
  await until('failed', async () => (await channelOf(id)).state === 'failed');
  const away = await channelOf(id);
  expect(away.notReceivingSince).toBeInstanceOf(Date);
  expect(away.problem).toMatch(/ECONNREFUSED/);
  expect(await eventsOf('channel_failed', id)).toHaveLength(1);

  await dovecot.start();
  await put(1, 3);
  await until('the letters', async () => (await keptOf(id)).length === 3);
  await until('connected', async () => (await channelOf(id)).state === 'connected');
  expect((await channelOf(id)).notReceivingSince).toBe(null);
  expect(await eventsOf('channel_failed', id)).toHaveLength(1);
  expect(await eventsOf('channel_recovered', id)).toHaveLength(1);
});

test('a wrong password is told at once in the server’s words, is not tried again, and mended it reads on', async () => {
  await put(1, 1);
  const id = await ground.addAccount(account({ password: 'wrong' }));
  await until('failed', async () => (await channelOf(id)).state === 'failed');
  expect((await channelOf(id)).problem).toMatch(/Authentication failed/);
  const { failures, wait } = await ground.db.transaction(async (tx) => {
    const row = await tx
      .selectFrom('channel')
      .select(['failures', 'next_check_at', 'last_checked_at'])
      .where('workspace_id', '=', ground.workspaceId)
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return {
      failures: row.failures,
      wait: row.next_check_at.getTime() - (row.last_checked_at?.getTime() ?? 0),
    };
  });
  expect(failures).toBe(1);
  expect(wait).toBe(15 * 60_000);

  await ground.db.transaction((tx) =>
    saveChannel(
      tx,
      houseActor(ground.workspaceId),
      { channelId: id, account: account(), off: false },
      ground.secrets,
    ),
  );
  await until('the letter', async () => (await keptOf(id)).length === 1);
});

test('another host or user is another account: low UIDs of the new one are not taken for read', async () => {
  await put(1, 5);
  const id = await ground.addAccount(account());
  await until('five letters', async () => (await keptOf(id)).length === 5);

  user = `moved-${user}`;
  await put(6, 8);
  await ground.db.transaction((tx) =>
    saveChannel(
      tx,
      houseActor(ground.workspaceId),
      { channelId: id, account: account(), off: false },
      ground.secrets,
    ),
  );

  await until('all letters', async () => (await keptOf(id)).length === 8);
  expect((await keptOf(id)).sort()).toEqual(numbers(1, 8));
});
