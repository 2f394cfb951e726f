import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  aBrowser,
  anAuthenticator,
  openHouse,
  TEST_ORIGIN,
  type TestHouse,
  totpCode,
} from '../../testing/index.ts';
import { accountsRoutes, createWorkspace, resetSignIn } from '../index.ts';

const EMAIL = 'aya@komorebi.example';
const PASSWORD = 'ten letters and more';

let house: TestHouse;
let memberId: string;

beforeAll(async () => {
  house = await openHouse(accountsRoutes);
  const facts = { company: 'こもれび雑貨店', name: '田中 彩', email: EMAIL, password: PASSWORD, demo: false };
  memberId = (await house.edge.db.transaction((tx) => createWorkspace(tx, facts))).memberId ?? '';
});
afterAll(() => house.close());

/** What is written of second factors, the oldest first; each by himself and about himself. */
async function written() {
  const { rows } = await house.edge.db.pool.query(
    `select member_id, facts from event where kind = 'second_factor_changed' order by created_at, id`,
  );
  for (const row of rows) expect([row.member_id, row.facts.memberId]).toEqual([memberId, memberId]);
  return rows.map(({ facts }) => facts.what);
}

async function signedIn() {
  const browser = aBrowser(house);
  await browser.signIn(EMAIL, PASSWORD);
  return browser;
}

test('each change of one’s second factors is written down, a refused one is not, and no secret stands there', async () => {
  const browser = await signedIn();
  const password = { password: PASSWORD };
  const { body } = await browser.knock('/two-factor/enable', password);
  await browser.knock('/two-factor/verify-totp', { code: '000000' });
  expect(await written()).toEqual([]);
  await browser.knock('/two-factor/verify-totp', { code: totpCode(body.totpURI, -1) });
  expect(await written()).toEqual(['totp_on']);

  await browser.knock('/two-factor/generate-backup-codes', { password: 'not the password' });
  const codes = (await browser.knock('/two-factor/generate-backup-codes', password)).body.backupCodes;
  expect((await written()).slice(1)).toEqual(['recovery_codes_made']);

  const options = await browser.knock('/passkey/generate-register-options', password);
  const response = anAuthenticator(TEST_ORIGIN).register(options.body);
  const { id } = (await browser.knock('/passkey/verify-registration', { response, name: '机の鍵' })).body;
  await browser.knock('/passkey/delete-passkey', { id, password: 'not the password' });
  await browser.knock('/passkey/delete-passkey', { id, password: PASSWORD });
  expect((await written()).slice(2)).toEqual(['passkey_added', 'passkey_removed']);

  await browser.knock('/two-factor/disable', password);
  expect((await written()).slice(4)).toEqual(['totp_off']);

  const { rows } = await house.edge.db.pool.query('select facts::text from event');
  const all = JSON.stringify(rows);
  const secret = new URL(body.totpURI).searchParams.get('secret');
  for (const word of [PASSWORD, secret, ...codes]) expect(all).not.toContain(word);
});

test('to sign in with a code changes nothing, and the owner of the server who takes it away is written', async () => {
  const browser = await signedIn();
  const { body } = await browser.knock('/two-factor/enable', { password: PASSWORD });
  await browser.knock('/two-factor/verify-totp', { code: totpCode(body.totpURI, -1) });
  const before = (await written()).length;
  const other = await signedIn();
  expect((await other.knock('/two-factor/verify-totp', { code: totpCode(body.totpURI) })).status).toBe(200);
  expect(await written()).toHaveLength(before);
  await house.edge.db.transaction((tx) =>
    resetSignIn(tx, { email: EMAIL, password: 'yet more letters here' }),
  );
  expect((await written()).slice(before)).toEqual(['totp_off']);
});
