import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Tx } from '../../platform/index.ts';
import { aMember, aWorkspace, withTx } from '../../testing/index.ts';
import type { MemberActor } from '../actor.ts';
import { recordSignIn } from './record-sign-in.ts';
import { countUnusual, noteUnusual } from './store.ts';

const OFFICE = {
  address: '203.0.113.7',
  userAgent:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
};
const PHONE = {
  address: '2001:db8:9::1',
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
};

const signsIn = (tx: Tx, person: MemberActor, peer = OFFICE) =>
  recordSignIn(tx, person, { ...peer, way: 'password', outcome: 'signed_in', sessionId: null });

const recordsOf = (tx: Tx, { workspaceId, memberId }: MemberActor) =>
  tx
    .selectFrom('sign_in_record')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .orderBy('at')
    .orderBy('id')
    .execute();

/** The days go by for what has been written. */
const daysPass = (tx: Tx, { workspaceId }: MemberActor, days: number) =>
  tx
    .updateTable('sign_in_record')
    .set({ at: sql<Date>`at - make_interval(days => ${days})` })
    .where('workspace_id', '=', workspaceId)
    .execute();

async function unusualEvents(tx: Tx, { workspaceId }: MemberActor) {
  const rows = await tx
    .selectFrom('event')
    .select('facts')
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'sign_in_unusual')
    .execute();
  return rows.map(({ facts }) => facts);
}

const aPerson = async (tx: Tx) => aMember(tx, await aWorkspace(tx));

test('a line says when, from where, with what and how somebody came', () =>
  withTx(async (tx) => {
    const ada = await aPerson(tx);
    await signsIn(tx, ada, { ...OFFICE, address: '::ffff:203.0.113.7' });
    expect(await recordsOf(tx, ada)).toMatchObject([
      { address: '203.0.113.7', device: 'Chrome, Windows', way: 'password', outcome: 'signed_in' },
    ]);
  }));

test('the very first sign-in is usual, and so is a known device in a known network', () =>
  withTx(async (tx) => {
    const ada = await aPerson(tx);
    await signsIn(tx, ada);
    await signsIn(tx, ada, { ...OFFICE, address: '203.0.113.200' });
    expect((await recordsOf(tx, ada)).map(({ unusual }) => unusual)).toEqual([false, false]);
    expect(await unusualEvents(tx, ada)).toEqual([]);
  }));

test('a sign-in from somewhere new is marked, told, and counted until it was noted', () =>
  withTx(async (tx) => {
    const ada = await aPerson(tx);
    await signsIn(tx, ada);
    await signsIn(tx, ada, PHONE);
    expect((await recordsOf(tx, ada)).map(({ unusual }) => unusual)).toEqual([false, true]);
    expect(await unusualEvents(tx, ada)).toEqual([
      { memberId: ada.memberId, address: PHONE.address, device: 'Safari, iPhone' },
    ]);
    expect(await countUnusual(tx, ada.workspaceId, ada.memberId)).toBe(1);

    await noteUnusual(tx, ada.workspaceId, ada.memberId);
    expect(await countUnusual(tx, ada.workspaceId, ada.memberId)).toBe(0);
    await signsIn(tx, ada, PHONE);
    expect(await countUnusual(tx, ada.workspaceId, ada.memberId)).toBe(0);
  }));

test('the usual device elsewhere, and another device at the usual place, are both something new', () =>
  withTx(async (tx) => {
    const ada = await aPerson(tx);
    await signsIn(tx, ada);
    await signsIn(tx, ada, { ...OFFICE, address: PHONE.address });
    await signsIn(tx, ada, { ...PHONE, address: OFFICE.address });
    expect((await recordsOf(tx, ada)).map(({ unusual }) => unusual)).toEqual([false, true, true]);
  }));

test('after ninety days a place and a device are forgotten', () =>
  withTx(async (tx) => {
    const ada = await aPerson(tx);
    await signsIn(tx, ada);
    await daysPass(tx, ada, 89);
    await signsIn(tx, ada);
    await daysPass(tx, ada, 91);
    await signsIn(tx, ada);
    expect((await recordsOf(tx, ada)).map(({ unusual }) => unusual)).toEqual([false, false, true]);
  }));

test('tries that failed teach nothing about where somebody is at home', () =>
  withTx(async (tx) => {
    const ada = await aPerson(tx);
    await signsIn(tx, ada);
    await recordSignIn(tx, ada, { ...PHONE, way: 'password', outcome: 'wrong_password' });
    await signsIn(tx, ada, PHONE);
    expect((await recordsOf(tx, ada)).map(({ unusual }) => unusual)).toEqual([false, false, true]);
  }));

test('what another person did is no acquaintance', () =>
  withTx(async (tx) => {
    const ada = await aPerson(tx);
    const ben = await aMember(tx, ada.workspaceId);
    await signsIn(tx, ada);
    await signsIn(tx, ben, PHONE);
    await signsIn(tx, ada, PHONE);
    expect((await recordsOf(tx, ada)).map(({ unusual }) => unusual)).toEqual([false, true]);
  }));

test('a flood of refusals is one line, tries of a password are each their own', () =>
  withTx(async (tx) => {
    const ada = await aPerson(tx);
    for (let n = 0; n < 3; n += 1) {
      await recordSignIn(tx, ada, { ...OFFICE, way: 'password', outcome: 'slowed_down' });
      await recordSignIn(tx, ada, { ...OFFICE, way: 'token', outcome: 'network_refused' });
      await recordSignIn(tx, ada, { ...OFFICE, way: 'password', outcome: 'wrong_password' });
    }
    const outcomes = (await recordsOf(tx, ada)).map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual([
      'network_refused',
      'slowed_down',
      'wrong_password',
      'wrong_password',
      'wrong_password',
    ]);
  }));
