import type { RoleId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import type { Tx } from '../../platform/index.ts';
import { aMailbox, aMember, aWorkspace, withTx } from '../../testing/index.ts';
import { type Actor, houseActor, type MemberActor } from '../actor.ts';
import { loadActor } from '../load-actor.ts';
import { makeToken } from '../sign-in/token.ts';
import { insertRoles } from '../workspace/store.ts';
import { addMember } from './add-member.ts';
import { getMe, saveMe } from './me.ts';
import { saveMember } from './save-member.ts';
import { updateMember } from './store.ts';

const BASE = 'http://localhost:3000';

/** A company with its three roles and administrators of the real role. */
async function company(tx: Tx, howMany = 1) {
  const workspaceId = await aWorkspace(tx);
  const roles = await insertRoles(tx, workspaceId);
  const role = (key: string): RoleId => {
    const id = roles.get(key);
    if (id === undefined) throw new Error(`no role ${key}`);
    return id;
  };
  const administrators: MemberActor[] = [];
  for (let n = 0; n < howMany; n += 1) {
    const { memberId } = await aMember(tx, workspaceId, { name: `管理者${n}` });
    await updateMember(tx, workspaceId, memberId, { roleId: role('administrator') });
    const actor = await loadActor(tx, workspaceId, memberId);
    if (actor === null) throw new Error('an administrator may not act');
    administrators.push(actor);
  }
  const [admin = null] = administrators;
  if (admin === null) throw new Error('no administrator');
  return { workspaceId, role, admin, administrators };
}

/** The kinds of its events; events of one transaction have no order among them. */
const eventsOf = async (tx: Tx, { workspaceId }: Pick<Actor, 'workspaceId'>) => {
  const rows = await tx.selectFrom('event').select('kind').where('workspace_id', '=', workspaceId).execute();
  return rows.map(({ kind }) => kind).sort();
};

test('adding a person gives him a row, his mailboxes, an event and a link', () =>
  withTx(async (tx) => {
    const { admin, role, workspaceId } = await company(tx);
    const mailboxId = await aMailbox(tx, workspaceId);
    const { member, link } = await addMember(tx, admin, {
      name: '佐藤 勉',
      email: ' Ben@Komorebi.example',
      roleId: role('member'),
      mailboxIds: [mailboxId, mailboxId],
      baseUrl: BASE,
    });
    expect(member).toMatchObject({ email: 'ben@komorebi.example', state: 'invited', tint: 2 });
    expect(link.url).toMatch(/^http:\/\/localhost:3000\/link\/[\w-]{54}$/);
    expect(await loadActor(tx, workspaceId, member.id)).toBeNull();
    await updateMember(tx, workspaceId, member.id, { state: 'active' });
    expect((await loadActor(tx, workspaceId, member.id))?.mailboxIds).toEqual([mailboxId]);
    expect(await eventsOf(tx, admin)).toEqual(['member_added']);
  }));

test('an address stands for one person of a workspace, and may stand in another', () =>
  withTx(async (tx) => {
    const [ours, theirs] = [await company(tx), await company(tx)];
    const facts = { name: '佐藤 勉', email: 'ben@komorebi.example', mailboxIds: [], baseUrl: BASE };
    await addMember(tx, ours.admin, { ...facts, roleId: ours.role('member') });
    await expect(
      addMember(tx, ours.admin, { ...facts, email: 'BEN@komorebi.example', roleId: ours.role('reader') }),
    ).rejects.toMatchObject({ code: 'accounts.email_taken', facts: { email: 'ben@komorebi.example' } });
    await expect(
      addMember(tx, theirs.admin, { ...facts, roleId: theirs.role('member') }),
    ).resolves.toBeDefined();
  }));

test('a role or mailbox of another workspace does not exist', () =>
  withTx(async (tx) => {
    const [ours, theirs] = [await company(tx), await company(tx)];
    const mailboxIds = [await aMailbox(tx, theirs.workspaceId)];
    const facts = { name: '佐藤 勉', email: 'ben@komorebi.example', baseUrl: BASE };
    await expect(
      addMember(tx, ours.admin, { ...facts, roleId: theirs.role('member'), mailboxIds: [] }),
    ).rejects.toMatchObject({ code: 'accounts.role_not_found' });
    await expect(
      addMember(tx, ours.admin, { ...facts, roleId: ours.role('member'), mailboxIds }),
    ).rejects.toMatchObject({ code: 'accounts.mailbox_not_found' });
  }));

test('an address with which one could not sign in is refused at once', () =>
  withTx(async (tx) => {
    const { admin, role } = await company(tx);
    const facts = {
      name: 'x',
      email: 'ben@localhost',
      roleId: role('member'),
      mailboxIds: [],
      baseUrl: BASE,
    };
    await expect(addMember(tx, admin, facts)).rejects.toMatchObject({
      code: 'accounts.email_not_an_address',
    });
  }));

test('only who manages people adds or changes them', () =>
  withTx(async (tx) => {
    const { admin, role, workspaceId } = await company(tx);
    const ben = await aMember(tx, workspaceId, { permissions: ['conversation.see', 'settings.manage'] });
    const facts = {
      name: 'x',
      email: 'x@komorebi.example',
      roleId: role('member'),
      mailboxIds: [],
      baseUrl: BASE,
    };
    await expect(addMember(tx, ben, facts)).rejects.toMatchObject({ code: 'accounts.not_allowed' });
    await expect(
      saveMember(tx, ben, { memberId: admin.memberId, name: 'x', roleId: role('member'), state: 'off' }),
    ).rejects.toMatchObject({ code: 'accounts.not_allowed' });
  }));

test('a member of another workspace cannot be changed', () =>
  withTx(async (tx) => {
    const [ours, theirs] = [await company(tx), await company(tx)];
    await expect(
      saveMember(tx, ours.admin, {
        memberId: theirs.admin.memberId,
        name: 'x',
        roleId: ours.role('member'),
        state: 'off',
      }),
    ).rejects.toMatchObject({ code: 'accounts.member_not_found' });
  }));

test('the last active administrator can neither be switched off nor lose his role', () =>
  withTx(async (tx) => {
    const { admin, role, workspaceId } = await company(tx);
    const house = houseActor(workspaceId);
    const facts = { memberId: admin.memberId, name: '管理者' };
    for (const loss of [
      { roleId: role('administrator'), state: 'off' as const },
      { roleId: role('member'), state: 'active' as const },
    ]) {
      await expect(saveMember(tx, house, { ...facts, ...loss })).rejects.toMatchObject({
        code: 'accounts.last_administrator',
      });
    }
    await saveMember(tx, house, { ...facts, roleId: role('administrator'), state: 'active' });
    expect((await getMe(tx, admin)).member.name).toBe('管理者');
  }));

test('of two administrators one may go, then the other is the last', () =>
  withTx(async (tx) => {
    const { administrators, role } = await company(tx, 2);
    const [ada, ben] = administrators;
    if (ada === undefined || ben === undefined) throw new Error('two were wanted');
    await saveMember(tx, ada, { memberId: ben.memberId, name: 'x', roleId: role('member'), state: 'active' });
    // Ben's rights were read before he lost them: he still comes too late.
    await expect(
      saveMember(tx, ben, { memberId: ada.memberId, name: 'x', roleId: role('member'), state: 'active' }),
    ).rejects.toMatchObject({ code: 'accounts.last_administrator' });
  }));

test('nobody takes his own rights away, not even with another administrator there', () =>
  withTx(async (tx) => {
    const { admin, role } = await company(tx, 2);
    const facts = { memberId: admin.memberId, name: 'x' };
    await expect(
      saveMember(tx, admin, { ...facts, roleId: role('administrator'), state: 'off' }),
    ).rejects.toMatchObject({ code: 'accounts.not_oneself' });
    await expect(
      saveMember(tx, admin, { ...facts, roleId: role('reader'), state: 'active' }),
    ).rejects.toMatchObject({ code: 'accounts.not_oneself' });
  }));

test('switching off tells that the member left, ends his tokens, and is told once', () =>
  withTx(async (tx) => {
    const { admin, role, workspaceId } = await company(tx);
    const ben = await aMember(tx, workspaceId);
    await makeToken(tx, ben, ben);
    const off = { memberId: ben.memberId, name: '田中 彩', roleId: role('member'), state: 'off' as const };
    expect((await saveMember(tx, admin, off)).state).toBe('off');
    await saveMember(tx, admin, off);
    expect(await eventsOf(tx, admin)).toEqual(['member_left']);
    const open = await tx
      .selectFrom('api_token')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('ended_at', 'is', null)
      .execute();
    expect(open).toEqual([]);
  }));

test('switched on again, who never had a password is invited', () =>
  withTx(async (tx) => {
    const { admin, role, workspaceId } = await company(tx);
    const ben = await aMember(tx, workspaceId);
    const facts = { memberId: ben.memberId, name: 'x', roleId: role('member') };
    await saveMember(tx, admin, { ...facts, state: 'off' });
    expect((await saveMember(tx, admin, { ...facts, state: 'active' })).state).toBe('invited');
    expect(await eventsOf(tx, admin)).toEqual(['member_changed', 'member_left']);
  }));

test('everyone changes his own name and signature, and nothing else', () =>
  withTx(async (tx) => {
    const workspaceId = await aWorkspace(tx);
    const mailboxId = await aMailbox(tx, workspaceId);
    const { memberId } = await aMember(tx, workspaceId, {
      permissions: ['conversation.see'],
      mailboxIds: [mailboxId],
    });
    const ben = await loadActor(tx, workspaceId, memberId);
    if (ben === null) throw new Error('ben may not act');
    const me = await saveMe(tx, ben, { name: '佐藤 勉', signature: '佐藤' });
    expect(me).toMatchObject({
      member: { name: '佐藤 勉' },
      signature: '佐藤',
      permissions: ['conversation.see'],
      mailboxIds: [mailboxId],
    });
    expect(await eventsOf(tx, ben)).toEqual(['member_changed']);
  }));
