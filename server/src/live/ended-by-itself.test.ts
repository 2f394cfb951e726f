import type { MemberId } from '@madoguchi/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { accountsRoutes, houseActor, type MemberActor, setMemberPassword } from '../accounts/index.ts';
import { startNumbering } from '../platform/index.ts';
import { aCompany, type Company } from '../testing/a-company.ts';
import { aBrowser, openHouse, type TestHouse, totpCode } from '../testing/index.ts';
import { type OpenPage, openPages, type Pages } from '../testing/open-page.ts';
import { liveRoutes } from './routes.ts';

const PATIENCE = { timeout: 10_000 };
const PASSWORD = 'correct horse battery';

let house: TestHouse;
let pages: Pages;
let stopNumbering: () => Promise<void>;
let company: Company;
let ben: MemberActor;
let readerId: MemberId;

beforeAll(async () => {
  house = await openHouse((app, edge) => {
    accountsRoutes(app, edge);
    liveRoutes(app, edge);
  });
  stopNumbering = startNumbering(house.edge.db.url);
  pages = await openPages(house);
});
beforeEach(async () => {
  await house.edge.db.transaction(async (tx) => {
    company = await aCompany(tx);
    ben = await company.person('manager');
    readerId = (await company.person('reader')).memberId;
    const { memberId } = ben;
    await setMemberPassword(tx, houseActor(company.workspaceId), { memberId, password: PASSWORD });
  });
});
afterAll(async () => {
  pages.close();
  await stopNumbering();
  await house.close();
});

const sql = (text: string, values: unknown[] = []) => house.edge.db.pool.query(text, values);

async function signedIn() {
  const browser = aBrowser(house);
  expect((await browser.signIn(`${ben.memberId}@komorebi.example`, PASSWORD)).status).toBe(200);
  const { items } = (await browser.ask('GET', '/me/sessions')).body;
  const { id } = items.find(({ current }: { current: boolean }) => current);
  return { browser, sessionId: String(id) };
}
type SignedIn = Awaited<ReturnType<typeof signedIn>>;

async function look({ browser }: SignedIn): Promise<OpenPage> {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const page = await pages.look({ cookie: cookie.join('; ') });
  await expect.poll(page.lastId, PATIENCE).toBeDefined();
  return page;
}

/** Two windows, of which only the first loses what it stood on. */
async function onlyFirstCloses(end: (first: SignedIn) => Promise<unknown>): Promise<void> {
  const [first, second] = [await signedIn(), await signedIn()];
  const [ending, staying] = [await look(first), await look(second)];
  await end(first);
  await expect.poll(ending.isClosed, PATIENCE).toBe(true);
  expect(staying.isClosed()).toBe(false);
}

const lookAsReader = async ({ browser }: SignedIn) =>
  expect((await browser.ask('POST', '/preview', { memberId: readerId })).status).toBe(200);

test('a session that grew too old', () =>
  onlyFirstCloses(({ sessionId }) =>
    sql(`update sign_in.session set "createdAt" = now() - interval '31 days' where id = $1`, [sessionId]),
  ));

test('a session that nobody was at for too long', async () => {
  await sql('update workspace set idle_minutes = 10 where id = $1', [company.workspaceId]);
  await onlyFirstCloses(({ sessionId }) =>
    sql(`update sign_in.session set "lastActiveAt" = now() - interval '11 minutes' where id = $1`, [
      sessionId,
    ]),
  );
});

test('a session whose row is gone, whoever took it', () =>
  onlyFirstCloses(({ sessionId }) => sql('delete from sign_in.session where id = $1', [sessionId])));

test('the windows of a password that was changed elsewhere', async () => {
  const [first, second] = [await signedIn(), await signedIn()];
  const page = await look(first);
  const change = { currentPassword: PASSWORD, newPassword: 'another correct horse' };
  expect((await second.browser.knock('/change-password', change)).status).toBe(200);
  await expect.poll(page.isClosed, PATIENCE).toBe(true);
});

test('the window that switched codes on: its session has become another', () =>
  onlyFirstCloses(async ({ browser }) => {
    const { body } = await browser.knock('/two-factor/enable', { password: PASSWORD });
    const code = totpCode(body.totpURI, -1);
    expect((await browser.knock('/two-factor/verify-totp', { code })).status).toBe(200);
  }));

test('a window without a second factor, once its person has one and his role asks for it', async () => {
  const [first, second] = [await signedIn(), await signedIn()];
  const { body } = await first.browser.knock('/two-factor/enable', { password: PASSWORD });
  const page = await look(second);
  await sql('update role set second_factor = true where id = $1', [company.role('manager')]);
  const code = totpCode(body.totpURI, -1);
  expect((await first.browser.knock('/two-factor/verify-totp', { code })).status).toBe(200);
  await expect.poll(page.isClosed, PATIENCE).toBe(true);
});

test('a look as somebody else that was ended by hand', async () => {
  const first = await signedIn();
  const own = await look(first);
  await lookAsReader(first);
  const page = await look(first);
  expect((await first.browser.ask('DELETE', '/preview')).body).toEqual({ ended: true });
  await expect.poll(page.isClosed, PATIENCE).toBe(true);
  expect(own.isClosed()).toBe(false);
});

test('a look as somebody else whose hour is over', async () => {
  const first = await signedIn();
  const own = await look(first);
  await lookAsReader(first);
  const page = await look(first);
  await sql('update preview set until = now() where session_id = $1', [first.sessionId]);
  await expect.poll(page.isClosed, PATIENCE).toBe(true);
  expect(own.isClosed()).toBe(false);
});
