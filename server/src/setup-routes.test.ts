import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountsRoutes, ensureSetupCode } from './accounts/index.ts';
import { setupRoutes } from './setup-routes.ts';
import { openHouse, type TestHouse } from './testing/index.ts';

const facts = {
  company: 'こもれび雑貨店',
  name: '田中 彩',
  email: 'Aya@komorebi.example',
  password: 'ten letters and more',
  mailboxName: 'ご注文・配送',
  mailboxAddress: 'order@komorebi.example',
};
const account = {
  imap: null,
  smtp: {
    host: '127.0.0.1',
    port: 9,
    security: 'none',
    verifyCertificate: true,
    user: 'order',
    password: 'secret of the account',
  },
};

let house: TestHouse;
let code: string;

beforeAll(async () => {
  house = await openHouse((app, edge) => {
    accountsRoutes(app, edge);
    setupRoutes(app, edge);
  });
  code = (await ensureSetupCode(house.edge.db, house.edge.secrets)) ?? '';
});
afterAll(() => house.close());

const post = (path: string, payload: object) =>
  house.app.inject({ method: 'POST', url: `/api/v1/setup${path}`, payload });
const read = async () => (await house.app.inject({ url: '/api/v1/setup' })).json();

test('the first page says that it is needed, and whether a code is right', async () => {
  expect(await read()).toEqual({ needed: true, demo: false, smtpPort: 2525 });
  expect((await post('/code', { code })).json()).toEqual({ right: true });
  expect((await post('/code', { code: 'wrong' })).json()).toEqual({ right: false });
});

test('nothing works without the code', async () => {
  const refused = { code: 'accounts.setup_code_wrong' };
  expect((await post('', { ...facts, account: null, code: 'wrong' })).json()).toMatchObject(refused);
  expect((await post('/try', { account, code: 'wrong' })).json()).toMatchObject(refused);
  expect(await read()).toMatchObject({ needed: true });
});

test('an address that fits nobody leaves nothing half done', async () => {
  const answer = await post('', { ...facts, account: null, code, mailboxAddress: 'no address' });
  expect(answer.json()).toMatchObject({ code: 'accounts.address_not_an_address' });
  expect(await read()).toMatchObject({ needed: true });
});

test('an account is tried before anything is kept', async () => {
  const answer = await post('/try', { account, code });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ imap: null, smtp: { ok: false } });
  expect(await read()).toMatchObject({ needed: true });
});

test('the first run makes company, statuses, administrator, mailbox and mail account, once', async () => {
  const answer = await post('', { ...facts, account, code });
  expect(answer.json()).toEqual({ email: 'aya@komorebi.example' });
  expect(await read()).toMatchObject({ needed: false });

  const cookie = await house.signIn('aya@komorebi.example', facts.password);
  const mailboxes = await house.app.inject({ url: '/api/v1/mailboxes', headers: { cookie } });
  const me = await house.app.inject({ url: '/api/v1/me', headers: { cookie } });
  expect(mailboxes.json().items).toMatchObject([
    { name: 'ご注文・配送', address: 'order@komorebi.example', canSend: true },
  ]);
  expect(me.json()).toMatchObject({
    workspace: { name: 'こもれび雑貨店' },
    mailboxIds: [mailboxes.json().items[0].id],
  });
  const { rows } = await house.edge.db.pool.query(`
    select (select count(*) from status) as statuses,
      (select smtp_secret like '%secret of the account%' from channel where kind = 'mail_account') as bare`);
  expect(rows).toEqual([{ statuses: 4, bare: false }]);

  const again = await post('', { ...facts, account: null, code });
  expect(again.json()).toMatchObject({ code: 'accounts.workspace_exists' });
  expect((await post('/try', { account, code })).json()).toMatchObject({ code: 'accounts.workspace_exists' });
});
