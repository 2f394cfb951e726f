import { expect, test } from 'vitest';
import type { Tx } from '../../platform/index.ts';
import { aCompany, aMailbox, aMember, aWorkspace, withTx } from '../../testing/index.ts';
import { type Actor, houseActor } from '../actor.ts';
import { loadActor } from '../load-actor.ts';
import { addMember } from './add-member.ts';
import { getMe, saveMe } from './me.ts';
import { saveMember } from './save-member.ts';
import { updateMember } from './store.ts';

const BASE = 'http://localhost:3000';
const PLAIN = { name: 'x', skills: [], languages: [] };

/** The kinds of its events; events of one transaction have no order among them. */
const eventsOf = async (tx: Tx, { workspaceId }: Pick<Actor, 'workspaceId'>) => {
  const rows = await tx.selectFrom('event').select('kind').where('workspace_id', '=', workspaceId).execute();
  return rows.map(({ kind }) => kind).sort();
};

test('adding a person gives him a row, his mailboxes, an event and a link', () =>
  withTx(async (tx) => {
    const { admin, role, workspaceId } = await aCompany(tx);
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
    expect([...((await loadActor(tx, workspaceId, member.id))?.mailboxes.keys() ?? [])]).toEqual([mailboxId]);
    expect(await eventsOf(tx, admin)).toEqual(['member_added']);
  }));

test('an address stands for one person of a workspace, and may stand in another', () =>
  withTx(async (tx) => {
    const [ours, theirs] = [await aCompany(tx), await aCompany(tx)];
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
    const [ours, theirs] = [await aCompany(tx), await aCompany(tx)];
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
    const { admin, role } = await aCompany(tx);
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

test('only who adds people adds them, and only who edits them changes them', () =>
  withTx(async (tx) => {
    const { admin, role, workspaceId } = await aCompany(tx);
    const ben = await aMember(tx, workspaceId, { permissions: ['conversation.see', 'mailbox.add'] });
    const facts = {
      name: 'x',
      email: 'x@komorebi.example',
      roleId: role('member'),
      mailboxIds: [],
      baseUrl: BASE,
    };
    await expect(addMember(tx, ben, facts)).rejects.toMatchObject({ code: 'accounts.not_allowed' });
    await expect(
      saveMember(tx, ben, { ...PLAIN, memberId: admin.memberId, roleId: role('member') }),
    ).rejects.toMatchObject({ code: 'accounts.not_allowed' });
    expect(await eventsOf(tx, admin)).toEqual([]);
  }));

test('a member of another workspace cannot be changed', () =>
  withTx(async (tx) => {
    const [ours, theirs] = [await aCompany(tx), await aCompany(tx)];
    await expect(
      saveMember(tx, ours.admin, { ...PLAIN, memberId: theirs.admin.memberId, roleId: ours.role('member') }),
    ).rejects.toMatchObject({ code: 'accounts.member_not_found' });
  }));

test('a manager neither adds nor changes somebody with more rights than his own', () =>
  withTx(async (tx) => {
    const { admin, role, person } = await aCompany(tx, 2);
    const manager = await person('manager');
    const member = await person('member');
    const more = { code: 'accounts.not_more_than_own' };
    const facts = { name: 'x', email: 'x@komorebi.example', mailboxIds: [], baseUrl: BASE };
    await expect(addMember(tx, manager, { ...facts, roleId: role('administrator') })).rejects.toMatchObject(
      more,
    );
    await expect(
      saveMember(tx, manager, { ...PLAIN, memberId: admin.memberId, roleId: role('member') }),
    ).rejects.toMatchObject(more);
    await expect(
      saveMember(tx, manager, { ...PLAIN, memberId: member.memberId, roleId: role('administrator') }),
    ).rejects.toMatchObject(more);
    const trainee = { ...PLAIN, memberId: member.memberId, roleId: role('trainee') };
    expect((await saveMember(tx, manager, trainee)).roleId).toBe(role('trainee'));
  }));

test('what a person knows and speaks is kept, each word once and without space around it', () =>
  withTx(async (tx) => {
    const { admin, role, person } = await aCompany(tx);
    const { memberId } = await person('member', { name: '佐藤 勉' });
    const saved = await saveMember(tx, admin, {
      memberId,
      name: '佐藤 勉',
      roleId: role('member'),
      skills: [' 返品 ', '卸', '返品', ' '],
      languages: ['ja', 'en'],
    });
    expect(saved).toMatchObject({ skills: ['返品', '卸'], languages: ['ja', 'en'] });
    const again = { ...saved, memberId, skills: ['返品', '卸'] };
    await saveMember(tx, admin, again);
    expect(await eventsOf(tx, admin)).toEqual(['member_changed']);
  }));

test('the last active administrator cannot lose his role', () =>
  withTx(async (tx) => {
    const { admin, role, workspaceId } = await aCompany(tx);
    const house = houseActor(workspaceId);
    const facts = { ...PLAIN, memberId: admin.memberId, name: '管理者' };
    await expect(saveMember(tx, house, { ...facts, roleId: role('member') })).rejects.toMatchObject({
      code: 'accounts.last_administrator',
    });
    await saveMember(tx, house, { ...facts, roleId: role('administrator') });
    expect((await getMe(tx, admin)).member.name).toBe('管理者');
  }));

test('of two administrators one may lose his role, then the other is the last', () =>
  withTx(async (tx) => {
    const { administrators, role, workspaceId } = await aCompany(tx, 2);
    const [ada, ben] = administrators;
    if (ada === undefined || ben === undefined) throw new Error('two were wanted');
    await saveMember(tx, ada, { ...PLAIN, memberId: ben.memberId, roleId: role('member') });
    const takeFromAda = { ...PLAIN, memberId: ada.memberId, roleId: role('member') };
    // Ben's rights were read before he lost them: he comes too late.
    await expect(saveMember(tx, ben, takeFromAda)).rejects.toMatchObject({ code: 'accounts.not_allowed' });
    await expect(saveMember(tx, houseActor(workspaceId), takeFromAda)).rejects.toMatchObject({
      code: 'accounts.last_administrator',
    });
  }));

test('nobody takes his own role away, not even with another administrator there', () =>
  withTx(async (tx) => {
    const { admin, role } = await aCompany(tx, 2);
    await expect(
      saveMember(tx, admin, { ...PLAIN, memberId: admin.memberId, roleId: role('reader') }),
    ).rejects.toMatchObject({ code: 'accounts.not_oneself' });
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
    const me = await saveMe(tx, ben, {
      name: '佐藤 勉',
      signature: '佐藤',
      language: 'ja',
      timeZone: 'Asia/Tokyo',
    });
    expect(me).toMatchObject({
      member: { name: '佐藤 勉' },
      signature: '佐藤',
      language: 'ja',
      timeZone: 'Asia/Tokyo',
      permissions: ['conversation.see'],
      mailboxIds: [mailboxId],
    });
    expect(await eventsOf(tx, ben)).toEqual(['member_changed']);
  }));
