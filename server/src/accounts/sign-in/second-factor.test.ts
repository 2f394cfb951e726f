import type { MemberId, RoleId } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aBrowser, openHouse, type TestHouse, totpCode } from '../../testing/index.ts';
import { accountsRoutes, createWorkspace, listRoles, makeToken, setMemberPassword } from '../index.ts';
import { reloadActor } from '../load-actor.ts';
import { makeMember } from '../member/add-member.ts';
import { makeSignInId } from './sign-in-id.ts';

const PASSWORD = 'ten letters and more';

let house: TestHouse;
let admin: Awaited<ReturnType<typeof createWorkspace>>;
let roleId: RoleId;

beforeAll(async () => {
  house = await openHouse(accountsRoutes);
  await house.edge.db.transaction(async (tx) => {
    const email = 'aya@komorebi.example';
    const facts = { company: 'こもれび雑貨店', name: '田中 彩', email, password: PASSWORD, demo: false };
    admin = await createWorkspace(tx, facts);
    const role = (await listRoles(tx, admin.workspaceId)).find(({ key }) => key === 'member');
    if (role === undefined) throw new Error('no role');
    roleId = role.id;
  });
});
afterAll(() => house.close());

let people = 0;

/** A person of the role `member`, with a browser of his own that has signed in. */
async function somebody() {
  people += 1;
  const email = `member-${people}@komorebi.example`;
  const memberId = await house.edge.db.transaction(async (tx): Promise<MemberId> => {
    const { id } = await makeMember(tx, admin, { name: '佐藤 勉', email, roleId, mailboxIds: [] });
    await setMemberPassword(tx, admin, { memberId: id, password: PASSWORD });
    return id;
  });
  const browser = aBrowser(house, `203.0.113.${people}`);
  expect((await browser.signIn(email, PASSWORD)).status).toBe(200);
  return { email, memberId, browser };
}

async function withCodes(browser: ReturnType<typeof aBrowser>) {
  const { body } = await browser.knock('/two-factor/enable', { password: PASSWORD });
  expect((await browser.knock('/two-factor/verify-totp', { code: totpCode(body.totpURI, -1) })).status).toBe(
    200,
  );
  return { uri: String(body.totpURI), backupCodes: body.backupCodes as string[] };
}

const needFactor = (needed: boolean) =>
  house.edge.db.pool.query('update role set second_factor = $1 where id = $2', [needed, roleId]);

const meOf = async (browser: ReturnType<typeof aBrowser>) => (await browser.ask('GET', '/me')).body;

test('codes are on only after the first one was right, and the answers tell what the page needs', async () => {
  const { browser, email } = await somebody();
  const enabled = await browser.knock('/two-factor/enable', { password: PASSWORD });
  expect(Object.keys(enabled.body).sort()).toEqual(['backupCodes', 'totpURI']);
  expect(enabled.body.totpURI).toContain('otpauth://totp/Madoguchi:');
  expect(enabled.body.backupCodes).toHaveLength(10);
  expect((await meOf(browser)).secondFactor).toBe('none');
  expect((await aBrowser(house).signIn(email, PASSWORD)).body).toEqual({});

  expect((await browser.knock('/two-factor/verify-totp', { code: '000000' })).body.code).toBe(
    'accounts.code_refused',
  );
  const code = totpCode(enabled.body.totpURI);
  const wide = code.replace(/\d/g, (figure) => String.fromCharCode(figure.charCodeAt(0) + 0xfee0));
  expect(await browser.knock('/two-factor/verify-totp', { code: wide })).toEqual({ status: 200, body: {} });
  expect((await meOf(browser)).secondFactor).toBe('on');
  expect((await browser.look('/two-factor/state')).body).toEqual({ totp: true, backupCodesLeft: 10 });
});

/** Keeps how long each session was to last, also of those that are gone at once. */
const noteNewSessions = () =>
  house.edge.db.pool.query(`
    create table noted (address text, lasts interval);
    create function note() returns trigger language plpgsql as $$ begin
      insert into madoguchi.noted values (new."ipAddress", new."expiresAt" - now()); return new;
    end $$;
    create trigger note before insert on sign_in.session for each row execute function note();`);

test('between password and code nothing opens, and the code opens', async () => {
  const { browser, email } = await somebody();
  const { uri } = await withCodes(browser);
  await noteNewSessions();
  const fresh = aBrowser(house, '203.0.113.201');
  expect(await fresh.signIn(email, PASSWORD)).toEqual({
    status: 200,
    body: { twoFactorRedirect: true, twoFactorMethods: ['totp'] },
  });
  expect((await fresh.ask('GET', '/me')).status).toBe(401);
  const { rows } = await house.edge.db.pool.query(
    `select s.id from sign_in.session s join sign_in."user" u on u.id = s."userId"
     where u.email = $1 and s."ipAddress" = '203.0.113.201'`,
    [email],
  );
  expect(rows).toEqual([]);
  const noted = await house.edge.db.pool.query(
    `select lasts < '0' as over from noted where address = '203.0.113.201'`,
  );
  // Not even in the moment before better-auth takes it away.
  expect(noted.rows).toEqual([{ over: true }]);

  expect((await fresh.knock('/two-factor/verify-totp', { code: '000000' })).body.code).toBe(
    'accounts.code_refused',
  );
  expect(await fresh.knock('/two-factor/verify-totp', { code: totpCode(uri) })).toEqual({
    status: 200,
    body: {},
  });
  expect((await meOf(fresh)).secondFactor).toBe('on');
});

test('a code opens once, also for who looked over the shoulder', async () => {
  const { browser, email } = await somebody();
  const { uri } = await withCodes(browser);
  const code = totpCode(uri);
  const [first, second] = [aBrowser(house, '203.0.113.202'), aBrowser(house, '203.0.113.203')];
  await first.signIn(email, PASSWORD);
  await second.signIn(email, PASSWORD);
  expect((await first.knock('/two-factor/verify-totp', { code })).status).toBe(200);
  expect((await second.knock('/two-factor/verify-totp', { code })).body.code).toBe('accounts.code_refused');
  expect((await second.ask('GET', '/me')).status).toBe(401);
});

test('five wrong codes end the place between password and code', async () => {
  const { browser, email } = await somebody();
  const { uri } = await withCodes(browser);
  const fresh = aBrowser(house, '203.0.113.204');
  await fresh.signIn(email, PASSWORD);
  for (let n = 0; n < 5; n += 1) await fresh.knock('/two-factor/verify-totp', { code: '000000' });
  expect((await fresh.knock('/two-factor/verify-totp', { code: totpCode(uri) })).body.code).toBe(
    'accounts.sign_in_over',
  );
  expect((await fresh.ask('GET', '/me')).status).toBe(401);
});

test('a recovery code opens once, and new ones end the old', async () => {
  const { browser, email } = await somebody();
  const { backupCodes } = await withCodes(browser);
  const enter = async (code = '') => {
    const fresh = aBrowser(house, '203.0.113.205');
    await fresh.signIn(email, PASSWORD);
    return fresh.knock('/two-factor/verify-backup-code', { code });
  };
  expect(await enter(backupCodes[0])).toEqual({ status: 200, body: {} });
  expect((await enter(backupCodes[0])).body.code).toBe('accounts.code_refused');
  const wrong = await browser.knock('/two-factor/generate-backup-codes', { password: 'not the password' });
  expect(wrong.body.code).toBe('accounts.password_wrong');
  const renewed = await browser.knock('/two-factor/generate-backup-codes', { password: PASSWORD });
  expect(renewed.body.backupCodes).toHaveLength(10);
  expect((await enter(backupCodes[1])).body.code).toBe('accounts.code_refused');
  expect((await enter(renewed.body.backupCodes[0])).status).toBe(200);
});

test('codes are switched off with the password alone in hand, and never while the role needs them', async () => {
  const { browser, email } = await somebody();
  await withCodes(browser);
  await needFactor(true);
  const kept = await browser.knock('/two-factor/disable', { password: PASSWORD });
  expect(kept).toMatchObject({ status: 409, body: { code: 'accounts.second_factor_needed_by_role' } });
  await needFactor(false);
  const wrong = await browser.knock('/two-factor/disable', { password: 'not the password' });
  expect(wrong.body.code).toBe('accounts.password_wrong');
  expect((await browser.knock('/two-factor/disable', { password: PASSWORD })).status).toBe(200);
  expect((await meOf(browser)).secondFactor).toBe('none');
  expect((await aBrowser(house, '203.0.113.206').signIn(email, PASSWORD)).body).toEqual({});
});

test('who needs a second factor and has none does nothing else until it is set up', async () => {
  const { browser, memberId } = await somebody();
  const token = await house.edge.db.transaction((tx) => makeToken(tx, admin, { memberId }));
  const byToken = () =>
    house.app.inject({ url: '/api/v1/members', headers: { authorization: `Bearer ${token}` } });
  expect((await byToken()).statusCode).toBe(200);
  await needFactor(true);
  try {
    expect((await meOf(browser)).secondFactor).toBe('needed');
    for (const path of ['/members', '/mailboxes', '/me/sessions']) {
      expect((await browser.ask('GET', path)).body.code).toBe('accounts.second_factor_needed');
    }
    expect((await byToken()).json().code).toBe('accounts.second_factor_needed');

    await withCodes(browser);
    expect((await meOf(browser)).secondFactor).toBe('on');
    expect((await browser.ask('GET', '/members')).status).toBe(200);
    expect((await byToken()).statusCode).toBe(200);
  } finally {
    await needFactor(false);
  }
});

test('when a role begins to need it, a session that came by password alone is over, and its stream with it', async () => {
  const { browser, email, memberId } = await somebody();
  const older = aBrowser(house, '203.0.113.207');
  await older.signIn(email, PASSWORD);
  const { items } = (await older.ask('GET', '/me/sessions')).body;
  const { id } = items.find(({ current }: { current: boolean }) => current);
  await withCodes(browser);
  const actor = { ...admin, memberId, sessionOrTokenId: makeSignInId('session', id) };
  const reload = () => house.edge.db.transaction((tx) => reloadActor(tx, actor, '203.0.113.207'));
  expect((await older.ask('GET', '/members')).status).toBe(200);
  expect(await reload()).not.toBeNull();
  await needFactor(true);
  try {
    expect((await older.ask('GET', '/members')).body.code).toBe('accounts.not_signed_in');
    expect(await reload()).toBeNull();
    expect((await browser.ask('GET', '/members')).status).toBe(200);
  } finally {
    await needFactor(false);
  }
});

test('no answer of a door tells the session’s token', async () => {
  const { browser, email } = await somebody();
  const { uri } = await withCodes(browser);
  const fresh = aBrowser(house, '203.0.113.208');
  const answers = [
    await fresh.signIn(email, PASSWORD),
    await fresh.knock('/two-factor/verify-totp', { code: totpCode(uri), trustDevice: true }),
    await fresh.knock('/change-password', { currentPassword: PASSWORD, newPassword: 'another ten letters' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const words = JSON.stringify(answers);
  for (const value of fresh.cookies.values()) expect(words).not.toContain(value.split('.')[0]);
  // A device is not remembered: whoever has the password and the device still needs the code.
  expect([...fresh.cookies.keys()].some((name) => name.includes('trust'))).toBe(false);
});
