import { builtInRoles, type RoleFacts, type RoleId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import type { Tx } from '../../platform/index.ts';
import { aCompany, aMember, type Company, withTx } from '../../testing/index.ts';
import { loadActor } from '../load-actor.ts';
import { addMember } from '../member/add-member.ts';
import { saveMember } from '../member/save-member.ts';
import { findMember, updateMember } from '../member/store.ts';
import { addRole, deleteRole, saveRole } from './save-role.ts';
import { listRoles } from './store.ts';

const PACKER: RoleFacts = {
  name: '梱包',
  permissions: ['conversation.see', 'conversation.note'],
  scope: 'teams',
  secondFactor: true,
  networks: ['203.0.113.0/24'],
};

const HERE = { address: '192.0.2.10' };

const eventsOf = async (tx: Tx, { workspaceId }: Company) =>
  (
    await tx
      .selectFrom('event')
      .select('facts')
      .where('workspace_id', '=', workspaceId)
      .where('kind', '=', 'role_saved')
      .orderBy('created_at')
      .execute()
  ).map(({ facts }) => facts);

const roleOf = async (tx: Tx, { workspaceId, role }: Company, key: 'administrator' | 'member') => {
  const found = (await listRoles(tx, workspaceId)).find(({ id }) => id === role(key));
  if (found === undefined) throw new Error(`no ${key}`);
  return found;
};

test('an own role is kept with all its facts, is changed and deleted, and each step is told', () =>
  withTx(async (tx) => {
    const company = await aCompany(tx);
    const { admin, workspaceId } = company;
    const role = await addRole(tx, admin, PACKER);
    const facts = { ...PACKER, permissions: [...PACKER.permissions].sort() };
    expect(role).toMatchObject({ ...facts, key: '', memberCount: 0 });
    const wider = { ...PACKER, name: '梱包と発送', scope: 'mailboxes' as const, networks: [] };
    await saveRole(tx, admin, { ...HERE, ...wider, roleId: role.id });
    await saveRole(tx, admin, { ...HERE, ...wider, roleId: role.id });
    expect((await listRoles(tx, workspaceId)).at(-1)).toMatchObject({
      name: '梱包と発送',
      scope: 'mailboxes',
    });

    await deleteRole(tx, admin, { roleId: role.id });
    expect((await listRoles(tx, workspaceId)).map(({ id }) => id)).not.toContain(role.id);
    const after = { ...wider, permissions: facts.permissions };
    expect(await eventsOf(tx, company)).toEqual([
      { roleId: role.id, from: null, to: facts },
      { roleId: role.id, from: facts, to: after },
      { roleId: role.id, from: after, to: null },
    ]);
  }));

test('who has the role acts by its new rights at once', () =>
  withTx(async (tx) => {
    const { admin, person, workspaceId } = await aCompany(tx);
    const { memberId } = await person('member');
    const role = await addRole(tx, admin, PACKER);
    await saveMember(tx, admin, { memberId, name: 'x', roleId: role.id, skills: [], languages: [] });
    const permissions = [...PACKER.permissions, 'conversation.take' as const];
    await saveRole(tx, admin, { ...HERE, ...PACKER, permissions, scope: 'assigned', roleId: role.id });
    const now = await loadActor(tx, workspaceId, memberId);
    expect(now?.permissions).toEqual(new Set(permissions));
    expect(now?.scope).toBe('assigned');
  }));

test('nobody makes, widens, edits or deletes a role that allows or shows more than his own', () =>
  withTx(async (tx) => {
    const company = await aCompany(tx);
    const { admin, workspaceId } = company;
    const office = await aMember(tx, workspaceId, {
      permissions: ['role.manage', 'conversation.see', 'conversation.note'],
      scope: 'teams',
    });
    const more = { code: 'accounts.not_more_than_own' };
    const strong = await addRole(tx, admin, { ...PACKER, name: '上', permissions: ['people.retire'] });
    const weak = await addRole(tx, office, PACKER);
    const told = await eventsOf(tx, company);
    for (const given of [
      { ...PACKER, name: 'x', permissions: ['people.add' as const] },
      { ...PACKER, name: 'x', scope: 'mailboxes' as const },
    ]) {
      await expect(addRole(tx, office, given)).rejects.toMatchObject(more);
      await expect(saveRole(tx, office, { ...HERE, ...given, roleId: weak.id })).rejects.toMatchObject(more);
    }
    await expect(saveRole(tx, office, { ...HERE, ...PACKER, roleId: strong.id })).rejects.toMatchObject(more);
    await expect(deleteRole(tx, office, { roleId: strong.id })).rejects.toMatchObject(more);
    const administrator = await roleOf(tx, company, 'administrator');
    await expect(
      saveRole(tx, office, { ...HERE, ...administrator, roleId: administrator.id, networks: ['192.0.2.1'] }),
    ).rejects.toMatchObject(more);
    expect(await eventsOf(tx, company)).toEqual(told);
  }));

test('of a built-in role only the second factor and the networks change', () =>
  withTx(async (tx) => {
    const company = await aCompany(tx);
    const { admin } = company;
    const member = await roleOf(tx, company, 'member');
    const fixed = { code: 'accounts.built_in_role_fixed' };
    const save = (change: Partial<RoleFacts>) =>
      saveRole(tx, admin, { ...HERE, ...member, name: 'メンバー', roleId: member.id, ...change });
    await expect(save({ scope: 'assigned' })).rejects.toMatchObject(fixed);
    await expect(save({ permissions: member.permissions.slice(1) })).rejects.toMatchObject(fixed);
    await expect(save({ permissions: [...member.permissions, 'people.add'] })).rejects.toMatchObject(fixed);
    await expect(deleteRole(tx, admin, { roleId: member.id })).rejects.toMatchObject(fixed);
    expect(await save({ secondFactor: true, networks: ['203.0.113.7'] })).toEqual({
      ...member,
      secondFactor: true,
      networks: ['203.0.113.7'],
    });
  }));

test('no two roles are called alike, and none like a built-in one in either language', () =>
  withTx(async (tx) => {
    const { admin } = await aCompany(tx);
    await addRole(tx, admin, { ...PACKER, name: 'Packing' });
    const other = await addRole(tx, admin, PACKER);
    for (const name of ['ＰＡＣＫＩＮＧ ', '管理者', 'administrator', 'ゲスト', ' ']) {
      const taken = { code: 'accounts.role_name_taken', facts: { name: name.trim() } };
      await expect(addRole(tx, admin, { ...PACKER, name })).rejects.toMatchObject(taken);
      await expect(saveRole(tx, admin, { ...HERE, ...PACKER, name, roleId: other.id })).rejects.toMatchObject(
        taken,
      );
    }
  }));

test('a role that people have is not deleted; of those who left with it, each becomes a guest', () =>
  withTx(async (tx) => {
    const { admin, person, role, workspaceId } = await aCompany(tx);
    const { id: roleId } = await addRole(tx, admin, PACKER);
    const [ben, cho] = [await person('member'), await person('member')];
    for (const { memberId } of [ben, cho]) await updateMember(tx, workspaceId, memberId, { roleId });
    await updateMember(tx, workspaceId, cho.memberId, { state: 'left' });
    await expect(deleteRole(tx, admin, { roleId })).rejects.toMatchObject({
      code: 'accounts.role_in_use',
      facts: { members: 1 },
    });
    await updateMember(tx, workspaceId, ben.memberId, { state: 'left' });
    await deleteRole(tx, admin, { roleId });
    expect(await findMember(tx, workspaceId, ben)).toMatchObject({ roleId: role('guest') });
  }));

test('a role of another workspace does not exist, and without the right there is none at all', () =>
  withTx(async (tx) => {
    const [ours, theirs] = [await aCompany(tx), await aCompany(tx)];
    const { id: roleId } = await addRole(tx, theirs.admin, PACKER);
    const hidden = { code: 'accounts.not_allowed' };
    const manager = await theirs.person('manager');
    for (const actor of [ours.admin, manager]) {
      await expect(saveRole(tx, actor, { ...HERE, ...PACKER, roleId })).rejects.toMatchObject(hidden);
      await expect(deleteRole(tx, actor, { roleId })).rejects.toMatchObject(hidden);
    }
    await expect(addRole(tx, manager, { ...PACKER, name: 'x' })).rejects.toMatchObject(hidden);
    const facts = { name: 'x', email: 'x@komorebi.example', mailboxIds: [], baseUrl: '' };
    await expect(addMember(tx, ours.admin, { ...facts, roleId })).rejects.toMatchObject({
      code: 'accounts.role_not_found',
    });
  }));

test('networks that leave out who sets them, or every administrator, are refused', () =>
  withTx(async (tx) => {
    const company = await aCompany(tx);
    const { admin, workspaceId } = company;
    const administrator = await roleOf(tx, company, 'administrator');
    const member = await roleOf(tx, company, 'member');
    const networks = ['203.0.113.0/24'];
    const out = { code: 'accounts.would_lock_out', facts: HERE };
    const save = (role: typeof member, given: string[]) =>
      saveRole(tx, admin, { ...role, ...HERE, name: 'x', roleId: role.id, networks: given });
    await expect(save(administrator, networks)).rejects.toMatchObject(out);
    await expect(save(member, ['203.0.113'])).rejects.toMatchObject({ code: 'accounts.network_invalid' });
    expect((await save(member, networks)).networks).toEqual(networks);
    const both = await save(administrator, [...networks, '192.0.2.0/24']);
    expect(both.networks).toEqual(['203.0.113.0/24', '192.0.2.0/24']);

    // With every right, and yet no administrator: the administrators' way in is his to keep open too.
    const deputy = await aMember(tx, workspaceId);
    await expect(
      saveRole(tx, deputy, { ...administrator, ...HERE, name: 'x', roleId: administrator.id, networks }),
    ).rejects.toMatchObject(out);

    const office = await addRole(tx, admin, { ...PACKER, permissions: ['role.manage'], networks: [] });
    const { memberId } = await aMember(tx, workspaceId);
    await updateMember(tx, workspaceId, memberId, { roleId: office.id });
    const clerk = await loadActor(tx, workspaceId, memberId);
    if (clerk === null) throw new Error('the clerk may not act');
    await expect(
      saveRole(tx, clerk, { ...office, ...HERE, roleId: office.id, networks }),
    ).rejects.toMatchObject(out);
  }));

test('roles are listed from who may most, whatever came first; then the own ones', () =>
  withTx(async (tx) => {
    const { admin, workspaceId } = await aCompany(tx);
    await addRole(tx, admin, { ...PACKER, ...HERE, networks: [] });
    await tx
      .updateTable('role')
      .set({ id: '00000000-0000-7000-8000-000000000000' as RoleId }) // As if it had been there before all.
      .where('workspace_id', '=', workspaceId)
      .where('key', '=', 'reader')
      .execute();
    const keys = (await listRoles(tx, workspaceId)).map(({ key }) => key);
    expect(keys.slice(0, builtInRoles.length)).toEqual(builtInRoles);
    expect(new Set(keys.slice(builtInRoles.length))).toEqual(new Set(['']));
  }));
