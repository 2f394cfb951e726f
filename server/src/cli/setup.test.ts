import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { accountsRoutes } from '../accounts/index.ts';
import { aBrowser, openHouse, type TestHouse, totpCode } from '../testing/index.ts';
import { reset } from './reset.ts';
import { setup } from './setup.ts';
import { token } from './token.ts';
import { workspace } from './workspace.ts';

let house: TestHouse;
let folder: string;
let printed: string;

beforeEach(async () => {
  house = await openHouse(accountsRoutes);
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-setup-'));
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await house.close();
  await rm(folder, { recursive: true });
});

async function run(more: { mailbox?: string[]; company?: string; password?: string; json?: boolean } = {}) {
  const { password = 'ten letters and more\n', ...options } = more;
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password);
  printed = '';
  await setup(
    {
      company: 'こもれび雑貨店',
      email: 'aya@komorebi.example',
      name: '田中 彩',
      passwordFile,
      mailbox: ['order@komorebi.example'],
      ...options,
    },
    house.edge,
  );
  return printed;
}

/** Everything of it that could have changed. */
async function everything() {
  const { rows } = await house.edge.db.pool.query(`
    select (select jsonb_agg(w) from workspace w) as workspaces, (select jsonb_agg(m) from member m) as members,
      (select jsonb_agg(a order by address) from mailbox_address a) as addresses,
      (select jsonb_agg(a) from sign_in.account a) as passwords, (select count(*) from event) as events`);
  return rows;
}

test('setup without a browser: the administrator can sign in and works in every mailbox', async () => {
  const words = await run({ mailbox: ['order@komorebi.example', 'Repair@komorebi.example'] });
  expect(words).toContain('こもれび雑貨店 is set up');
  expect(words).toContain('mailbox added: repair@komorebi.example');
  const cookie = await house.signIn('aya@komorebi.example', 'ten letters and more');
  const me = await house.app.inject({ url: '/api/v1/me', headers: { cookie } });
  expect(me.json().mailboxIds).toHaveLength(2);
});

test('a second run with the same facts changes nothing and says so', async () => {
  await run();
  const before = await everything();
  expect(await run({ password: 'another ten letters' })).toContain('nothing was changed');
  expect(JSON.parse(await run({ json: true }))).toMatchObject({ created: false, mailboxesAdded: [] });
  expect(await everything()).toEqual(before);
});

test('a second run adds the mailboxes that are missing', async () => {
  await run();
  const mailbox = ['ORDER@komorebi.example', 'repair@komorebi.example', 'repair@komorebi.example'];
  expect(JSON.parse(await run({ mailbox, json: true }))).toMatchObject({
    created: false,
    mailboxesAdded: ['repair@komorebi.example'],
  });
  const cookie = await house.signIn('aya@komorebi.example', 'ten letters and more');
  const me = await house.app.inject({ url: '/api/v1/me', headers: { cookie } });
  expect(me.json().mailboxIds).toHaveLength(2);
});

test('another company in the same house is refused and changes nothing', async () => {
  await run();
  const before = await everything();
  await expect(run({ company: 'べつの会社' })).rejects.toMatchObject({ code: 'cli.setup_differs' });
  expect(await everything()).toEqual(before);
});

test('a password that nobody could use is refused before anything is made', async () => {
  for (const password of ['short', 'two lines of\npassword', 'x'.repeat(129)]) {
    await expect(run({ password })).rejects.toMatchObject({ code: 'cli.password_unfit' });
  }
});

test('a password file that is not there is named', async () => {
  const passwordFile = join(folder, 'nothing');
  const options = { company: 'x', email: 'aya@komorebi.example', name: 'x', passwordFile, mailbox: [] };
  await expect(setup(options, house.edge)).rejects.toMatchObject({
    code: 'cli.password_file_unreadable',
    facts: { file: passwordFile },
  });
});

test('the token command prints a working token as its last word', async () => {
  await run();
  printed = '';
  await token({ email: 'Aya@komorebi.example' }, house.edge);
  const last = printed.trim().split(/\s+/).at(-1);
  const answer = await house.app.inject({ url: '/api/v1/me', headers: { authorization: `Bearer ${last}` } });
  expect(answer.json()).toMatchObject({ member: { email: 'aya@komorebi.example' } });
  await expect(token({ email: 'nobody@komorebi.example' }, house.edge)).rejects.toMatchObject({
    code: 'cli.no_such_person',
  });
});

test('a password that everybody knows is refused at set-up as well', async () => {
  await expect(run({ password: 'password2026\n' })).rejects.toMatchObject({
    code: 'accounts.password_too_common',
  });
  await expect(run({ password: 'こもれび雑貨店 2026\n' })).rejects.toMatchObject({
    code: 'accounts.password_too_personal',
  });
});

test('one company more: its administrator opens the link, signs in there and sees nothing of the first', async () => {
  const more = {
    company: 'ひだまり工房',
    email: 'chie@hidamari.example',
    name: '山本 千恵',
    mailbox: ['order@hidamari.example', 'Order@hidamari.example'],
  };
  await expect(workspace(more, house.edge)).rejects.toMatchObject({ code: 'accounts.no_workspace_yet' });
  await run();
  printed = '';
  await workspace({ ...more, json: true }, house.edge);
  const { link } = JSON.parse(printed);
  const path = new URL(link).pathname.replace('/link/', '/api/v1/member-links/');
  const password = 'ten letters and more';
  const used = await house.app.inject({ method: 'POST', url: path, payload: { password } });
  expect(used.json()).toEqual({ email: more.email });
  const cookie = await house.signIn(more.email, password);
  const read = async (route: string) => (await house.app.inject({ url: route, headers: { cookie } })).json();
  expect(await read('/api/v1/me')).toMatchObject({
    workspace: { name: 'ひだまり工房' },
    workspaces: [{ name: 'ひだまり工房' }],
    mailboxIds: [expect.any(String)],
  });
  const { items } = await read('/api/v1/members');
  expect(items.map(({ name }: { name: string }) => name)).toEqual(['山本 千恵']);
});

test('who lost his telephone gets in again by the owner of the server, and everything older ends', async () => {
  await run();
  const email = 'aya@komorebi.example';
  const browser = aBrowser(house);
  await browser.signIn(email, 'ten letters and more');
  const { body } = await browser.knock('/two-factor/enable', { password: 'ten letters and more' });
  await browser.knock('/two-factor/verify-totp', { code: totpCode(body.totpURI) });
  const passwordFile = join(folder, 'new-password');
  await writeFile(passwordFile, 'quite another phrase\n');
  await expect(reset({ email: 'x@komorebi.example', passwordFile }, house.edge)).rejects.toMatchObject({
    code: 'cli.no_such_person',
  });
  await reset({ email, passwordFile }, house.edge);
  expect((await browser.ask('GET', '/me')).status).toBe(401);
  expect((await browser.signIn(email, 'ten letters and more')).status).toBe(401);
  expect((await browser.signIn(email, 'quite another phrase')).body).toEqual({});
  expect((await browser.ask('GET', '/me')).body.secondFactor).toBe('none');
});
