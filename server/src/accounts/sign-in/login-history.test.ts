import { afterAll, beforeAll, expect, test } from 'vitest';
import { aBrowser, openHouse, type TestHouse, totpCode } from '../../testing/index.ts';
import { accountsRoutes, createWorkspace } from '../index.ts';

const AYA = 'aya@komorebi.example';
const PASSWORD = 'ten letters and more';

let house: TestHouse;

beforeAll(async () => {
  house = await openHouse(accountsRoutes);
  const facts = { company: 'こもれび雑貨店', name: '田中 彩', email: AYA, password: PASSWORD, demo: false };
  await house.edge.db.transaction((tx) => createWorkspace(tx, facts));
});
afterAll(() => house.close());

const countRecords = async () =>
  (await house.edge.db.pool.query('select count(*)::int as n from sign_in_record')).rows[0].n;
/** A refusal's line is written after its answer. */
const written = (lines: number) => expect.poll(countRecords).toBe(lines);

test('each try is written down as what it was, and one that names nobody is not', async () => {
  const browser = aBrowser(house, '203.0.113.1');
  await browser.signIn(AYA, PASSWORD);
  const { body } = await browser.knock('/two-factor/enable', { password: PASSWORD });
  await browser.knock('/two-factor/verify-totp', { code: totpCode(body.totpURI, -1) });

  const other = aBrowser(house, '198.51.100.1');
  await other.signIn('nobody@komorebi.example', PASSWORD);
  await other.signIn(AYA, 'wrong password');
  await written(2);
  await other.signIn(AYA, PASSWORD);
  await written(3);
  await other.knock('/two-factor/verify-totp', { code: '000000' });
  await written(4);
  await other.knock('/two-factor/verify-totp', { code: totpCode(body.totpURI) });
  await other.knock('/sign-out');

  const { items } = (await browser.ask('GET', '/sign-ins?memberId=me')).body;
  const told = items.map((line: Record<string, unknown>) => [line.address, line.way, line.outcome]);
  expect(told.reverse()).toEqual([
    ['203.0.113.1', 'password', 'signed_in'],
    ['198.51.100.1', 'password', 'wrong_password'],
    ['198.51.100.1', 'password', 'second_factor_asked'],
    ['198.51.100.1', 'totp', 'wrong_second_factor'],
    ['198.51.100.1', 'totp', 'signed_in'],
    ['198.51.100.1', 'totp', 'signed_out'],
  ]);
});

test('a wrong password is answered before it is written down, so that the time tells nobody who exists', async () => {
  const before = await countRecords();
  const lock = await house.edge.db.pool.connect();
  try {
    await lock.query('begin; lock table sign_in_record in access exclusive mode');
    const answer = await aBrowser(house, '192.0.2.1').signIn(AYA, 'wrong password');
    expect(answer).toMatchObject({ status: 401, body: { code: 'accounts.sign_in_refused' } });
  } finally {
    await lock.query('rollback');
    lock.release();
  }
  await written(before + 1);
});
