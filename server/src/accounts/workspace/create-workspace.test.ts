import { builtInRoles, permissions } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { type Db, type Json, lockHouseFact, openSecrets, type Secrets } from '../../platform/index.ts';
import { aWorkspace, openHouse, type TestHouse, withTx } from '../../testing/index.ts';
import { listRoles } from '../role/store.ts';
import { createWorkspace } from './create-workspace.ts';
import { findMemberByEmail } from './find-member.ts';
import { ensureSetupCode, judgeSetupCode } from './setup-code.ts';

const facts = {
  company: 'こもれび雑貨店',
  name: '田中 彩',
  email: 'Aya@komorebi.example',
  password: 'ten letters and more',
  demo: false,
};

async function inHouse(work: (house: TestHouse['edge']) => Promise<void>): Promise<void> {
  const house = await openHouse(() => {});
  try {
    await work(house.edge);
  } finally {
    await house.close();
  }
}

const judge = (db: Db, secrets: Secrets, typed: string) =>
  db.transaction((tx) => judgeSetupCode(tx, { secrets, typed }));

test('the first administrator has every right, and the built-in roles are there', () =>
  withTx(async (tx) => {
    const actor = await createWorkspace(tx, facts);
    expect(actor.permissions).toEqual(new Set(permissions));
    const roles = await listRoles(tx, actor.workspaceId);
    expect(roles.map(({ key }) => key)).toEqual([...builtInRoles]);
    expect(roles.find(({ key }) => key === 'administrator')?.permissions).toEqual([...permissions]);
    expect(roles.find(({ key }) => key === 'guest')).toMatchObject({ scope: 'assigned', memberCount: 0 });
    expect(await findMemberByEmail(tx, 'AYA@komorebi.example')).toMatchObject({
      member: { id: actor.memberId, state: 'active', email: 'aya@komorebi.example' },
    });
    expect(await findMemberByEmail(tx, 'nobody@komorebi.example')).toBeNull();
  }));

test('a house that has a company makes no second one', () =>
  withTx(async (tx) => {
    await aWorkspace(tx);
    await expect(createWorkspace(tx, facts)).rejects.toMatchObject({ code: 'accounts.workspace_exists' });
  }));

test('of two first pages sent at once one wins', () =>
  inHouse(async ({ db }) => {
    const make = (email: string) => db.transaction((tx) => createWorkspace(tx, { ...facts, email }));
    const made = await Promise.allSettled([make('aya@komorebi.example'), make('ben@komorebi.example')]);
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  }));

test('every start and every process prints the same code, until the house has a company', () =>
  inHouse(async ({ db, secrets }) => {
    const codes = await Promise.all([ensureSetupCode(db, secrets), ensureSetupCode(db, secrets)]);
    expect(codes[0]).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
    expect(codes[1]).toBe(codes[0]);
    const kept: Json = await db.transaction((tx) => lockHouseFact(tx, 'setup_code'));
    expect(JSON.stringify(kept)).not.toContain(codes[0]);

    await db.transaction((tx) => createWorkspace(tx, facts));
    expect(await ensureSetupCode(db, secrets)).toBeNull();
    expect(await judge(db, secrets, codes[0] ?? '')).toMatchObject({ code: 'accounts.setup_code_wrong' });
  }));

test('a code sealed with a lost key is replaced', () =>
  inHouse(async ({ db, secrets, config }) => {
    const before = await ensureSetupCode(db, secrets);
    const after = await ensureSetupCode(db, await openSecrets(`${config.keyFile}.new`));
    expect(after).toMatch(/^[A-Z2-9-]{14}$/);
    expect(after).not.toBe(before);
  }));

test('the code may be typed small, wide and without hyphens', () =>
  inHouse(async ({ db, secrets }) => {
    const code = (await ensureSetupCode(db, secrets)) ?? '';
    const wide = code.replace(/[A-Z0-9]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
    for (const typed of [code, code.toLowerCase().replaceAll('-', ''), ` ${wide} `]) {
      expect(await judge(db, secrets, typed)).toBeNull();
    }
    expect(await judge(db, secrets, '')).toMatchObject({ code: 'accounts.setup_code_wrong' });
  }));

test('after ten wrong codes in a minute even the right one must wait', () =>
  inHouse(async ({ db, secrets }) => {
    const code = (await ensureSetupCode(db, secrets)) ?? '';
    for (let n = 0; n < 10; n += 1) {
      expect(await judge(db, secrets, 'WRONG')).toMatchObject({ code: 'accounts.setup_code_wrong' });
    }
    expect(await judge(db, secrets, code)).toMatchObject({
      code: 'accounts.too_many_codes',
      facts: { retryAfterSeconds: expect.any(Number) },
    });
    expect(await ensureSetupCode(db, secrets)).toBe(code);
    // The minute is over.
    await db.pool.query(`update house_fact set value = value || '{"since": 0}' where key = 'setup_code'`);
    expect(await judge(db, secrets, code)).toBeNull();
  }));
