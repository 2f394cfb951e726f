import { expect, test } from 'vitest';
import type { Tx } from '../../platform/index.ts';
import { aMember, aWorkspace, withTx } from '../../testing/index.ts';
import { houseActor } from '../actor.ts';
import { loadActor, reloadActor } from '../load-actor.ts';
import { cleanNetworks, mayComeFrom, refuseLockOut } from './networks.ts';
import { readNetworkLists, removeNetworkLists } from './open-security.ts';
import { getSecurity, renameWorkspace, saveSecurity } from './save-security.ts';

const OFFICE = '203.0.113.7';
const ELSEWHERE = '198.51.100.7';
const facts = { sessionHours: 12, idleMinutes: 30, networks: ['203.0.113.0/24'] };

const anAdministrator = async (tx: Tx) => aMember(tx, await aWorkspace(tx));

const eventsOf = (tx: Tx, workspaceId: Awaited<ReturnType<typeof aWorkspace>>) =>
  tx
    .selectFrom('event')
    .select(['kind', 'facts'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();

/** The networks of a person's role. */
const setRoleNetworks = (tx: Tx, workspaceId: Awaited<ReturnType<typeof aWorkspace>>, networks: string[]) =>
  tx.updateTable('role').set({ networks }).where('workspace_id', '=', workspaceId).execute();

test('each list that is not empty must have the address', () => {
  expect(mayComeFrom(OFFICE, [], [])).toBe(true);
  expect(mayComeFrom(OFFICE, ['203.0.113.0/24'], [])).toBe(true);
  expect(mayComeFrom(OFFICE, ['203.0.113.0/24'], ['198.51.100.0/24'])).toBe(false);
  expect(mayComeFrom(`::ffff:${OFFICE}`, [], ['203.0.113.0/24'])).toBe(true);
  expect(mayComeFrom('', ['0.0.0.0/0'])).toBe(false);
});

test('a line that is no network is refused by name, and one typed twice is kept once', () => {
  expect(cleanNetworks([' 203.0.113.0/24', '2001:DB8::/32', '203.0.113.0/24'])).toEqual([
    '203.0.113.0/24',
    '2001:db8::/32',
  ]);
  expect(() => cleanNetworks(['203.0.113.0/24', '203.0.113.*'])).toThrow(
    expect.objectContaining({ code: 'accounts.network_invalid', facts: { network: '203.0.113.*' } }),
  );
});

test('nobody shuts himself out', () => {
  expect(() => refuseLockOut(ELSEWHERE, ['203.0.113.0/24'])).toThrow(
    expect.objectContaining({ code: 'accounts.would_lock_out', facts: { address: ELSEWHERE } }),
  );
  refuseLockOut(OFFICE, ['203.0.113.0/24']);
  refuseLockOut(ELSEWHERE, []);
});

test('what is saved is kept, told once with before and after, and counts', () =>
  withTx(async (tx) => {
    const ada = await anAdministrator(tx);
    expect(await saveSecurity(tx, ada, { ...facts, address: OFFICE })).toEqual(facts);
    expect(await saveSecurity(tx, ada, { ...facts, address: OFFICE })).toEqual(facts);
    expect(await getSecurity(tx, ada)).toEqual(facts);
    expect(await eventsOf(tx, ada.workspaceId)).toEqual([
      {
        kind: 'security_saved',
        facts: { from: { sessionHours: 720, idleMinutes: 0, networks: [] }, to: facts },
      },
    ]);
    expect(await reloadActor(tx, ada, OFFICE)).toEqual(ada);
    expect(await reloadActor(tx, ada, ELSEWHERE)).toBeNull();
  }));

test('what would lock the asker out changes nothing', () =>
  withTx(async (tx) => {
    const ada = await anAdministrator(tx);
    await expect(saveSecurity(tx, ada, { ...facts, address: ELSEWHERE })).rejects.toMatchObject({
      code: 'accounts.would_lock_out',
    });
    expect(await getSecurity(tx, ada)).toMatchObject({ networks: [], sessionHours: 720 });
    expect(await eventsOf(tx, ada.workspaceId)).toEqual([]);
  }));

test('only who may sees and changes it', () =>
  withTx(async (tx) => {
    const workspaceId = await aWorkspace(tx);
    const ben = await aMember(tx, workspaceId, { permissions: ['people.edit'] });
    const refused = { code: 'accounts.not_allowed' };
    await expect(getSecurity(tx, ben)).rejects.toMatchObject(refused);
    await expect(saveSecurity(tx, ben, { ...facts, address: OFFICE })).rejects.toMatchObject(refused);
    await expect(renameWorkspace(tx, ben, { name: 'x' })).rejects.toMatchObject(refused);
    expect(await eventsOf(tx, workspaceId)).toEqual([]);
  }));

test('the networks of a role count beside those of the workspace', () =>
  withTx(async (tx) => {
    const ada = await anAdministrator(tx);
    await setRoleNetworks(tx, ada.workspaceId, ['198.51.100.0/24']);
    expect(await reloadActor(tx, ada, ELSEWHERE)).toEqual(ada);
    expect(await reloadActor(tx, ada, OFFICE)).toBeNull();
    await saveSecurity(tx, ada, { ...facts, address: OFFICE });
    expect(await reloadActor(tx, ada, ELSEWHERE)).toBeNull();
  }));

test('the owner of the server opens the house again, and that is written down', () =>
  withTx(async (tx) => {
    const ada = await anAdministrator(tx);
    const other = await anAdministrator(tx);
    for (const one of [ada, other]) {
      await saveSecurity(tx, one, { ...facts, address: OFFICE });
      await setRoleNetworks(tx, one.workspaceId, ['203.0.113.7']);
    }
    const house = houseActor(ada.workspaceId);
    expect(await readNetworkLists(tx, house)).toMatchObject({
      workspace: ['203.0.113.0/24'],
      roles: [{ networks: ['203.0.113.7'] }],
    });
    await removeNetworkLists(tx, house);
    expect(await readNetworkLists(tx, house)).toEqual({ workspace: [], roles: [] });
    expect(await reloadActor(tx, ada, ELSEWHERE)).toEqual(ada);
    expect((await eventsOf(tx, ada.workspaceId)).at(-1)).toMatchObject({
      kind: 'security_saved',
      facts: { from: { networks: ['203.0.113.0/24'] }, to: { networks: [], roles: [] } },
    });
    expect(await getSecurity(tx, ada)).toMatchObject({ sessionHours: 12, idleMinutes: 30 });
    expect(await reloadActor(tx, other, ELSEWHERE)).toBeNull();
  }));

test('a workspace gets another name, and an empty one is none', () =>
  withTx(async (tx) => {
    const ada = await anAdministrator(tx);
    await renameWorkspace(tx, ada, { name: ' 木洩れ日商店 ' });
    await renameWorkspace(tx, ada, { name: '   ' });
    expect(await eventsOf(tx, ada.workspaceId)).toEqual([
      { kind: 'workspace_renamed', facts: { from: 'こもれび雑貨店', to: '木洩れ日商店' } },
    ]);
    expect(await loadActor(tx, ada.workspaceId, ada.memberId)).not.toBeNull();
  }));
