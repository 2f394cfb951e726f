import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aBrowser, anAuthenticator, openHouse, TEST_ORIGIN, type TestHouse } from '../../testing/index.ts';
import { accountsRoutes, createWorkspace } from '../index.ts';

const EMAIL = 'aya@komorebi.example';
const PASSWORD = 'ten letters and more';

let house: TestHouse;
let browser: ReturnType<typeof aBrowser>;

beforeAll(async () => {
  house = await openHouse(accountsRoutes);
  const facts = { company: 'こもれび雑貨店', name: '田中 彩', email: EMAIL, password: PASSWORD, demo: false };
  await house.edge.db.transaction((tx) => createWorkspace(tx, facts));
});
beforeEach(async () => {
  await house.edge.db.pool.query('delete from sign_in.passkey');
  browser = aBrowser(house);
  await browser.signIn(EMAIL, PASSWORD);
});
afterAll(() => house.close());

const needFactor = (needed: boolean) =>
  house.edge.db.pool.query(`update role set second_factor = $1 where key = 'administrator'`, [needed]);

async function register(device = anAuthenticator(TEST_ORIGIN), name = '机の鍵') {
  const options = await browser.knock('/passkey/generate-register-options', { password: PASSWORD });
  const response = device.register(options.body);
  const answer = await browser.knock('/passkey/verify-registration', { response, name });
  return { device, answer };
}

async function signInWith(device: ReturnType<typeof anAuthenticator>) {
  const fresh = aBrowser(house);
  const options = await fresh.look('/passkey/generate-authenticate-options');
  const answer = await fresh.knock('/passkey/verify-authentication', {
    response: device.authenticate(options.body),
  });
  return { fresh, answer };
}

test('a passkey is added with the password, listed, and opens the door by itself', async () => {
  const refused = await browser.knock('/passkey/generate-register-options', { password: 'not the password' });
  expect(refused.body.code).toBe('accounts.password_wrong');

  const { device, answer } = await register();
  expect(answer).toEqual({ status: 200, body: { id: expect.any(String), name: '机の鍵' } });
  expect((await browser.look('/passkey/list-user-passkeys')).body).toEqual({
    items: [{ id: answer.body.id, name: '机の鍵', provider: '', createdAt: expect.any(String) }],
  });
  expect((await browser.ask('GET', '/me')).body.secondFactor).toBe('on');

  const { fresh, answer: entered } = await signInWith(device);
  expect(entered).toEqual({ status: 200, body: {} });
  expect((await fresh.ask('GET', '/me')).body.member.email).toBe(EMAIL);
  const { items } = (await fresh.ask('GET', '/me/sessions')).body;
  expect(items.find(({ current }: { current: boolean }) => current).way).toBe('passkey');
});

test('the page is told to ask for the finger or the PIN, and a device that did not ask is refused', async () => {
  const options = await browser.knock('/passkey/generate-register-options', { password: PASSWORD });
  expect(options.body.authenticatorSelection).toMatchObject({ userVerification: 'required' });
  const careless = anAuthenticator(TEST_ORIGIN, false);
  expect((await register(careless)).answer.body.code).toBe('accounts.passkey_refused');
  expect((await browser.look('/passkey/generate-authenticate-options')).body.userVerification).toBe(
    'required',
  );
});

test('what a page of another address had signed opens nothing', async () => {
  const { answer } = await register(anAuthenticator('https://evil.example'));
  expect(answer.body.code).toBe('accounts.passkey_refused');
  const { device } = await register();
  const stranger = anAuthenticator(TEST_ORIGIN);
  expect((await signInWith(stranger)).answer.body.code).toBe('accounts.passkey_refused');

  const fresh = aBrowser(house);
  const options = await fresh.look('/passkey/generate-authenticate-options');
  const response = device.authenticate(options.body);
  expect((await fresh.knock('/passkey/verify-authentication', { response })).status).toBe(200);
  const again = await aBrowser(house).knock('/passkey/verify-authentication', { response });
  expect(again.body.code).toBe('accounts.passkey_refused');
});

test('a passkey is the second factor that a role asks for: the password alone opens no more', async () => {
  await needFactor(true);
  try {
    expect((await browser.ask('GET', '/members')).body.code).toBe('accounts.second_factor_needed');
    const { device, answer } = await register();
    // The session that set it up has shown it.
    expect((await browser.ask('GET', '/members')).status).toBe(200);

    const fresh = aBrowser(house);
    expect((await fresh.signIn(EMAIL, PASSWORD)).body.code).toBe('accounts.passkey_needed');
    expect((await fresh.ask('GET', '/me')).status).toBe(401);
    expect((await signInWith(device)).answer.status).toBe(200);

    const last = await browser.knock('/passkey/delete-passkey', { id: answer.body.id, password: PASSWORD });
    expect(last).toMatchObject({ status: 409, body: { code: 'accounts.second_factor_needed_by_role' } });
  } finally {
    await needFactor(false);
  }
});

test('of two passkeys that are taken away at the same moment the role keeps one', async () => {
  const both = [await register(), await register()];
  await needFactor(true);
  try {
    const drop = ({ answer }: (typeof both)[number]) =>
      browser.knock('/passkey/delete-passkey', { id: answer.body.id, password: PASSWORD });
    const answers = await Promise.all(both.map(drop));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await browser.look('/passkey/list-user-passkeys')).body.items).toHaveLength(1);
  } finally {
    await needFactor(false);
  }
});

test('a passkey is taken away with the password', async () => {
  const { device, answer } = await register();
  const drop = (password: string) =>
    browser.knock('/passkey/delete-passkey', { id: answer.body.id, password });
  expect((await drop('not the password')).body.code).toBe('accounts.password_wrong');
  expect((await drop(PASSWORD)).status).toBe(200);
  expect((await signInWith(device)).answer.body.code).toBe('accounts.passkey_refused');
});

test('nobody adds, lists or takes passkeys without a sign-in', async () => {
  const nobody = aBrowser(house);
  for (const path of ['generate-register-options', 'verify-registration', 'delete-passkey']) {
    expect((await nobody.knock(`/passkey/${path}`, { password: PASSWORD })).status).toBe(401);
  }
  expect((await nobody.look('/passkey/list-user-passkeys')).status).toBe(401);
  expect((await nobody.look('/two-factor/state')).status).toBe(401);
});
