import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Permission, permissions } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MemberActor } from '../accounts/index.ts';
import { type App, log, newId, openApp, openFiles, openSecrets, readConfig } from '../platform/index.ts';
import { aLetter } from '../testing/a-letter.ts';
import { aShop, type Shop } from '../testing/conversations.ts';
import { inMailboxes, type TestDb, testDb } from '../testing/index.ts';
import type { Written } from './conversation.ts';
import { conversationRoutes } from './index.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

let app: App;
let db: TestDb;
let folder: string;
let shop: Shop;
let letter: Written;
let asker: MemberActor;
const world = createServer((request, answer) => {
  if (request.url === '/away') answer.writeHead(302, { location: '/page' }).end();
  else if (request.url === '/page') answer.end('<html>');
  else if (request.url === '/large') answer.end(Buffer.alloc(11 * 1024 * 1024, PNG));
  else answer.writeHead(200, { 'content-type': 'text/html' }).end(PNG);
});

beforeAll(async () => {
  log.level = 'error';
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-conversation-'));
  await new Promise<void>((resolve) => world.listen(0, '127.0.0.1', resolve));
  const port = (world.address() as AddressInfo).port;
  db = await testDb();
  const config = readConfig({
    MADOGUCHI_DATA: folder,
    MADOGUCHI_PICTURE_HOSTS: 'pictures.example,localhost',
  });
  const files = openFiles(folder);
  const edge = {
    db,
    config,
    files,
    secrets: await openSecrets(config.keyFile),
    tail: { position: () => 0, listen: () => () => {}, since: async () => [], close: async () => {} },
  };
  app = await openApp(config);
  app.decorateRequest('actor', null);
  app.addHook('onRequest', async (request) => {
    request.actor = asker;
  });
  conversationRoutes(app, edge);
  await app.ready();
  await db.transaction(async (tx) => {
    shop = await aShop(tx);
    asker = shop.ada;
    const [png, svg] = [
      await files.put(tx, shop.workspaceId, PNG),
      await files.put(tx, shop.workspaceId, Buffer.from(SVG)),
    ];
    const part = { contentId: null, inline: false };
    letter = await aLetter(
      tx,
      { ...shop, mailboxId: shop.order },
      {
        html: `<p>x</p><img data-cid="a&amp;b@x"><img data-remote-src="http://localhost:${port}/p?a=1&amp;b=2"><img data-remote-src="http://localhost:${port}/away"><img data-remote-src="http://localhost:${port}/large"><img data-remote-src="http://10.0.0.1/"><img data-cid="unknown">`,
        parts: [
          {
            ...part,
            ...png,
            part: '1.2',
            name: 'a.png',
            type: 'image/png',
            contentId: 'a&b@x',
            inline: true,
          },
          { ...part, ...svg, part: '2', name: '見積\u202e"gpj.svg', type: 'image/svg+xml' },
        ],
      },
    );
  });
});

afterAll(async () => {
  await app.close();
  world.close();
  await db.drop();
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string) => app.inject({ method: 'GET', url: `/api/v1${path}` });
const put = (path: string, payload: object) => app.inject({ method: 'PUT', url: `/api/v1${path}`, payload });

test('a letter’s page runs nothing, shows its own pictures and asks nobody for others', async () => {
  const page = await get(`/messages/${letter.messageId}/html`);
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect(page.headers['content-security-policy']).not.toContain('allow-scripts');
  expect(page.body).toContain(`src="/api/v1/messages/${letter.messageId}/parts/1.2?inline=1"`);
  expect(page.body).toContain('data-cid="unknown"');
  expect(page.body).not.toContain('/remote/');
  const shown = await get(`/messages/${letter.messageId}/html?images=1`);
  expect(shown.body).toContain(`src="/api/v1/messages/${letter.messageId}/remote/0"`);
  expect(shown.body).not.toContain('localhost');
});

test('a remote picture comes through us, by what it is and not by what it is called', async () => {
  const picture = await get(`/messages/${letter.messageId}/remote/0`);
  expect([picture.statusCode, picture.headers['content-type']]).toEqual([200, 'image/png']);
  expect(picture.rawPayload).toEqual(PNG);
  const reasons = await Promise.all([1, 2, 3].map((n) => get(`/messages/${letter.messageId}/remote/${n}`)));
  expect(reasons.map((answer) => [answer.statusCode, answer.json().facts.reason])).toEqual([
    [404, 'not_a_picture'],
    [404, 'too_large'],
    [404, 'bad_address'],
  ]);
  expect((await get(`/messages/${letter.messageId}/remote/4`)).json().code).toBe(
    'conversation.part_not_found',
  );
});

test('a picture is shown in place, everything else is only ever saved', async () => {
  const png = await get(`/messages/${letter.messageId}/parts/1.2?inline=1`);
  expect(png.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' });
  expect(png.headers['content-disposition']).toMatch(/^inline/);
  const svg = await get(`/messages/${letter.messageId}/parts/2?inline=1`);
  expect(svg.headers['content-type']).toBe('application/octet-stream');
  expect(svg.headers['content-security-policy']).toContain('sandbox');
  expect(svg.headers['content-disposition']).toBe(
    `attachment; filename="___gpj.svg"; filename*=UTF-8''${encodeURIComponent('見積"gpj.svg')}`,
  );
  expect(svg.body).toBe(SVG);
});

test('the original is what came, byte for byte', async () => {
  const original = await get(`/messages/${letter.messageId}/original`);
  expect(original.body).toMatch(/^Message-ID: <[^>]+>\r\n\r\n$/);
  expect(original.headers['content-disposition']).toMatch(/^attachment/);
});

test('a browser asks before it shows again what it has, and is told by its hash, if it still may', async () => {
  const at = `/messages/${letter.messageId}`;
  for (const path of [`${at}/parts/1.2?inline=1`, `${at}/parts/2`, `${at}/original`]) {
    const first = await get(path);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const tag = String(first.headers.etag);
    const again = (known: string) =>
      app.inject({ method: 'GET', url: `/api/v1${path}`, headers: { 'if-none-match': known } });
    for (const known of [tag, `"x", W/${tag}`]) {
      const { statusCode, body, headers } = await again(known);
      expect([statusCode, body, headers.etag]).toEqual([304, '', tag]);
    }
    expect((await again('"x"')).rawPayload).toEqual(first.rawPayload);
    asker = { ...shop.ada, permissions: new Set() };
    const { statusCode } = await again(tag);
    asker = shop.ada;
    expect([path, statusCode]).toEqual([path, 404]);
  }
  expect((await get(`${at}/remote/0`)).headers['cache-control']).toBe('no-store');
});

test('what a letter shows in place belongs to seeing it; the rest of it is rights of their own', async () => {
  const at = `/messages/${letter.messageId}`;
  const without = async (permission: Permission, path: string) => {
    asker = { ...shop.ada, permissions: new Set(permissions.filter((one) => one !== permission)) };
    const { statusCode } = await get(path);
    asker = shop.ada;
    return statusCode;
  };
  expect(await without('file.download', `${at}/parts/1.2?inline=1`)).toBe(200);
  expect(await without('file.download', `${at}/html`)).toBe(200);
  for (const path of [`${at}/parts/1.2`, `${at}/parts/2`, `${at}/parts/2?inline=1`]) {
    expect([path, await without('file.download', path)]).toEqual([path, 404]);
  }
  expect(await without('message.load_pictures', `${at}/html`)).toBe(200);
  expect(await without('message.load_pictures', `${at}/html?images=1`)).toBe(404);
  expect(await without('message.load_pictures', `${at}/remote/0`)).toBe(404);
  expect(await without('message.see_original', `${at}/original`)).toBe(404);
  expect(await without('customer.see_addresses', `${at}/original`)).toBe(404);
  expect(await without('conversation.export', '/conversations/csv')).toBe(404);
  expect(await without('conversation.see_history', `/conversations/${letter.conversation.id}/events`)).toBe(
    404,
  );
});

test('nothing of a letter answers who may not see it, and another workspace’s answers nobody', async () => {
  const { conversation, messageId } = letter;
  const paths = [
    `/conversations/${conversation.id}`,
    `/conversations/${conversation.id}/messages`,
    `/conversations/${conversation.id}/events`,
    `/messages/${messageId}/html`,
    `/messages/${messageId}/parts/2`,
    `/messages/${messageId}/remote/0`,
    `/messages/${messageId}/original`,
  ];
  const other = await db.transaction((tx) => aShop(tx, 'other.example'));
  for (const who of [
    { ...shop.ada, mailboxes: inMailboxes([shop.info]) },
    { ...other.ada, mailboxes: inMailboxes([shop.order]) },
  ]) {
    asker = who;
    const answers = await Promise.all(paths.map(get));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(paths.map(() => 404));
    expect((await get('/conversations')).json().items).toEqual([]);
    expect((await get('/counts')).json().mailboxes).toEqual([]);
  }
  asker = shop.ada;
  for (const path of paths) expect((await get(path)).statusCode).toBe(200);
  expect((await get(`/conversations/${newId()}`)).statusCode).toBe(404);
});

test('a day’s work over the API', async () => {
  const at = `/conversations/${letter.conversation.id}`;
  const { items: statuses } = (await get('/statuses')).json();
  const note = await app.inject({
    method: 'POST',
    url: `/api/v1${at}/notes`,
    payload: { text: '確認します' },
  });
  expect(note.json()).toMatchObject({
    kind: 'note',
    pieces: [{ kind: 'new', text: '確認します' }],
    from: null,
  });
  const taken = await put(`${at}/assignee`, { assigneeId: shop.ada.memberId, seenAssigneeId: null });
  expect(taken.json()).toMatchObject({ assigneeId: shop.ada.memberId, revision: 2 });
  const done = await put(`${at}/status`, { statusId: statuses[3].id, seenStatusId: statuses[0].id });
  expect(done.json()).toMatchObject({ status: 'done', waitingSince: null });
  expect((await put(`${at}/seen`, { revision: 2 })).json()).toEqual({ revision: 2 });
  expect((await get('/counts')).json()).toMatchObject({
    mine: { done: 1, open: 0 },
    unassigned: { done: 0 },
  });
  expect((await put(`${at}/place`, { place: 'trash', seenPlace: 'inbox' })).json()).toMatchObject({
    place: 'trash',
  });
  expect((await get('/counts')).json().mailboxes).toMatchObject([{ trash: 1, done: 0 }]);
  expect((await put(`${at}/place`, { place: 'inbox', seenPlace: 'trash' })).statusCode).toBe(200);
  const moved = await put(`${at}/mailbox`, { mailboxId: shop.info, seenMailboxId: shop.order });
  expect(moved.json()).toMatchObject({ mailboxId: shop.info, unread: false });
  const { items } = (await get(`${at}/events`)).json();
  expect(items.map(({ kind }: { kind: string }) => kind)).toEqual([
    'message_received',
    'note_added',
    'assigned',
    'status_changed',
    'place_changed',
    'place_changed',
    'mailbox_changed',
  ]);
});

const cursorOf = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');

test('wrong input is refused in words or finds nothing, and never counts as a bug', async () => {
  const { conversation } = await db.transaction((tx) => aLetter(tx, { ...shop, mailboxId: shop.info }));
  const { id } = conversation;
  const at = `/conversations/${id}`;
  const noMoment = '2026-13-99 99:99:99+00';
  for (const path of [
    `/conversations?cursor=${cursorOf(null, noMoment, id)}`,
    `/conversations?sort=waiting&cursor=${cursorOf(noMoment, noMoment, id)}`,
    `${at}/messages?cursor=${cursorOf(`${noMoment} 1`)}`,
    `${at}/events?cursor=${cursorOf('x')}`,
    '/conversations?assignee=%00',
  ]) {
    const answer = await get(path);
    expect([path, answer.statusCode, answer.json().code]).toEqual([path, 400, 'conversation.filter_unfit']);
  }
  expect((await get('/conversations?ids=')).json()).toMatchObject({ items: [], next: null });
  const note = { text: 'a\0b' };
  const answer = await app.inject({ method: 'POST', url: `/api/v1${at}/notes`, payload: note });
  expect(answer.json().pieces).toEqual([{ kind: 'new', text: 'a\ufffdb' }]);
});
