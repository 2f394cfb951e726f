import type { MemberId } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { aBrowser, openHouse, TEST_ORIGIN, type TestHouse } from '../../../testing/index.ts';
import { accountsRoutes, createWorkspace, leaveMember, listRoles, setMemberPassword } from '../../index.ts';
import { makeMember } from '../../member/add-member.ts';
import { openSignIn } from '../sign-in.ts';

const PASSWORD = 'ten letters and more';

let house: TestHouse;
let admin: Awaited<ReturnType<typeof createWorkspace>>;

beforeAll(async () => {
  house = await openHouse(accountsRoutes);
  const email = 'aya@komorebi.example';
  const facts = { company: 'こもれび雑貨店', name: '田中 彩', email, password: PASSWORD, demo: false };
  admin = await house.edge.db.transaction((tx) => createWorkspace(tx, facts));
});
afterAll(() => house.close());

let people = 0;
async function somebody() {
  people += 1;
  const email = `person-${people}@komorebi.example`;
  const memberId = await house.edge.db.transaction(async (tx): Promise<MemberId> => {
    const role = (await listRoles(tx, admin.workspaceId)).find(({ key }) => key === 'member');
    if (role === undefined) throw new Error('no role');
    const made = { name: '佐藤 勉', email, roleId: role.id, mailboxIds: [] };
    const { id } = await makeMember(tx, admin, made);
    await setMemberPassword(tx, admin, { memberId: id, password: PASSWORD });
    return id;
  });
  return { email, memberId };
}

const enter = async (email: string, password: string, from: string) => {
  const { status, body } = await aBrowser(house, from).signIn(email, password);
  return status === 200 ? 'in' : String(body.code);
};
/** Wrong passwords that came from many networks within the last hour. */
const manyWrong = (email: string, count: number) =>
  house.edge.db.pool.query(
    `insert into sign_in.password_try (account, network)
     select sha256($1::bytea), '198.51.' || n || '.0/24' from generate_series(1, $2::int) n`,
    [email, count],
  );

const REFUSED = 'accounts.sign_in_refused';
const WAIT = 'accounts.too_many_sign_ins';

test('after five wrong passwords the network waits for this account, and is told how long', async () => {
  const [{ email }, other] = [await somebody(), await somebody()];
  const answers = [];
  for (let n = 0; n < 5; n += 1) answers.push(await enter(email, 'wrong password', '192.0.2.10'));
  expect(answers).toEqual(Array(5).fill(REFUSED));
  const { status, body } = await aBrowser(house, '192.0.2.11').signIn(email, PASSWORD);
  expect([status, body.code]).toEqual([429, WAIT]);
  expect(body.facts.retryAfterSeconds).toBeGreaterThan(14 * 60);
  expect(body.facts.retryAfterSeconds).toBeLessThanOrEqual(15 * 60);

  // The owner elsewhere, and colleagues behind the same address, notice nothing.
  expect(await enter(email, PASSWORD, '203.0.113.10')).toBe('in');
  expect(await enter(other.email, PASSWORD, '192.0.2.10')).toBe('in');
});

test('the right password forgives what was mistyped before', async () => {
  const { email } = await somebody();
  for (let round = 0; round < 2; round += 1) {
    for (let n = 0; n < 4; n += 1) await enter(email, 'wrong password', '192.0.2.20');
    expect(await enter(email, PASSWORD, '192.0.2.20')).toBe('in');
  }
});

test('a hundred guesses sent at once are a hundred, not one', async () => {
  const { email } = await somebody();
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => enter(email, 'wrong password', '192.0.2.30')),
  );
  expect(answers.filter((code) => code === REFUSED)).toHaveLength(5);
  expect(answers.filter((code) => code === WAIT)).toHaveLength(7);
});

test('fifty wrong ones from many networks make strangers wait, and never the owner where he signed in before', async () => {
  const { email } = await somebody();
  expect(await enter(email, PASSWORD, '203.0.113.40')).toBe('in');
  await manyWrong(email, 49);
  expect(await enter(email, 'wrong password', '192.0.2.40')).toBe(REFUSED);
  expect(await enter(email, PASSWORD, '192.0.2.41')).toBe(WAIT);
  expect(await enter(email, PASSWORD, '100.64.1.1')).toBe(WAIT);
  expect(await enter(email, PASSWORD, '203.0.113.99')).toBe('in');
});

test('an address that nobody has waits like one that somebody has', async () => {
  const email = 'nobody@komorebi.example';
  for (let n = 0; n < 5; n += 1) expect(await enter(email, 'wrong password', '192.0.2.50')).toBe(REFUSED);
  expect(await enter(email, 'wrong password', '192.0.2.50')).toBe(WAIT);
  // What is typed as an address is not kept: some type their password there.
  const { rows } = await house.edge.db.pool.query('select t::text from sign_in.password_try t');
  expect(JSON.stringify(rows)).not.toContain('nobody');
});

test('a guesser with a session cannot try passwords at the doors behind it either', async () => {
  const { email } = await somebody();
  const browser = aBrowser(house, '192.0.2.60');
  await browser.signIn(email, PASSWORD);
  const doors = ['/two-factor/enable', '/two-factor/disable', '/passkey/generate-register-options'];
  for (let n = 0; n < 5; n += 1) {
    const { body } = await browser.knock(doors[n % 3] ?? '', { password: 'wrong password' });
    expect(body.code).toBe('accounts.password_wrong');
  }
  const guess = { currentPassword: PASSWORD, newPassword: 'another ten letters' };
  expect((await browser.knock('/change-password', guess)).body.code).toBe(WAIT);
  expect((await browser.ask('GET', '/me')).status).toBe(200);
});

test('each refused sign-in costs one hashing, so that its time tells nothing', async () => {
  const signIn = openSignIn(house.edge);
  const { password } = await signIn.$context;
  const [known, off, without] = [await somebody(), await somebody(), await somebody()];
  await house.edge.db.transaction((tx) =>
    leaveMember(tx, admin, 'suspended', { memberId: off.memberId, successorId: null }),
  );
  await house.edge.db.pool.query(
    `update sign_in.account a set password = null from sign_in."user" u where u.id = a."userId" and u.email = $1`,
    [without.email],
  );
  const costOf = async (email: string, typed: string) => {
    const spies = [vi.spyOn(password, 'hash'), vi.spyOn(password, 'verify')];
    const answer = await signIn.handler(
      new Request('http://localhost:3000/api/auth/sign-in/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: TEST_ORIGIN },
        body: JSON.stringify({ email, password: typed }),
      }),
    );
    const calls = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
    for (const spy of spies) spy.mockRestore();
    return [answer.status, calls];
  };
  expect(await costOf('nobody@komorebi.example', 'wrong password')).toEqual([401, 1]);
  expect(await costOf(known.email, 'wrong password')).toEqual([401, 1]);
  expect(await costOf(without.email, 'wrong password')).toEqual([401, 1]);
  expect(await costOf(off.email, 'wrong password')).toEqual([401, 1]);
  expect(await costOf(off.email, PASSWORD)).toEqual([401, 1]);
});
