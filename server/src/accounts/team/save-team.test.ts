import { expect, test } from 'vitest';
import type { Tx } from '../../platform/index.ts';
import { aCompany, aMailbox, aMember, aWorkspace, type Company, withTx } from '../../testing/index.ts';
import { mayIn } from '../actor.ts';
import { loadActor } from '../load-actor.ts';
import { saveMailboxAccess } from '../mailbox/save-mailbox-access.ts';
import { findMailboxes } from '../mailbox/store.ts';
import { updateMember } from '../member/store.ts';
import { addTeam, deleteTeam, saveTeam } from './save-team.ts';
import { findTeams } from './store.ts';

const eventsOf = async (tx: Tx, { workspaceId }: Company) =>
  (
    await tx
      .selectFrom('event')
      .select('facts')
      .where('workspace_id', '=', workspaceId)
      .where('kind', '=', 'team_saved')
      .orderBy('created_at')
      .execute()
  ).map(({ facts }) => facts);

test('a team has a name and people, each once, and every change says what it was before', () =>
  withTx(async (tx) => {
    const company = await aCompany(tx);
    const { admin, person } = company;
    const [ben, cho] = [await person('member'), await person('member')];
    const memberIds = [ben.memberId, cho.memberId].sort();
    const team = await addTeam(tx, admin, { name: ' 発送 ', memberIds: [...memberIds, ben.memberId] });
    expect(team).toMatchObject({ name: '発送', memberIds });
    const facts = { teamId: team.id, name: '発送と返品', memberIds: [cho.memberId] };
    const saved = await saveTeam(tx, admin, facts);
    await saveTeam(tx, admin, facts);

    expect(await findTeams(tx, company.workspaceId)).toEqual([saved]);
    expect(await eventsOf(tx, company)).toEqual([
      { teamId: team.id, from: null, to: { name: '発送', memberIds } },
      {
        teamId: team.id,
        from: { name: '発送', memberIds },
        to: { name: '発送と返品', memberIds: [cho.memberId] },
      },
    ]);
  }));

test('two teams cannot have one name, until one of them is dissolved', () =>
  withTx(async (tx) => {
    const { admin } = await aCompany(tx);
    const shipping = await addTeam(tx, admin, { name: '発送', memberIds: [] });
    const returns = await addTeam(tx, admin, { name: '返品', memberIds: [] });
    const taken = { code: 'accounts.team_name_taken', facts: { name: '発送' } };
    await expect(addTeam(tx, admin, { name: '発送 ', memberIds: [] })).rejects.toMatchObject(taken);
    await expect(
      saveTeam(tx, admin, { teamId: returns.id, name: '発送', memberIds: [] }),
    ).rejects.toMatchObject(taken);
    await deleteTeam(tx, admin, { teamId: shipping.id });
    expect((await saveTeam(tx, admin, { teamId: returns.id, name: '発送', memberIds: [] })).name).toBe(
      '発送',
    );
  }));

test('nobody of another workspace and nobody who has left joins a team; who left in it stays', () =>
  withTx(async (tx) => {
    const { admin, person, workspaceId } = await aCompany(tx);
    const stranger = await aMember(tx, await aWorkspace(tx));
    const ben = await person('member');
    const unknown = { code: 'accounts.member_not_found' };
    await expect(addTeam(tx, admin, { name: '発送', memberIds: [stranger.memberId] })).rejects.toMatchObject(
      unknown,
    );
    const team = await addTeam(tx, admin, { name: '発送', memberIds: [ben.memberId] });
    await updateMember(tx, workspaceId, ben.memberId, { state: 'left' });
    await saveTeam(tx, admin, { teamId: team.id, name: '発送と返品', memberIds: [ben.memberId] });
    await expect(addTeam(tx, admin, { name: '修理', memberIds: [ben.memberId] })).rejects.toMatchObject(
      unknown,
    );
  }));

test('a team of another workspace does not exist, and without the right there is none at all', () =>
  withTx(async (tx) => {
    const [ours, theirs] = [await aCompany(tx), await aCompany(tx)];
    const { id: teamId } = await addTeam(tx, theirs.admin, { name: '発送', memberIds: [] });
    const facts = { teamId, name: 'x', memberIds: [] };
    const unknown = { code: 'accounts.team_not_found' };
    await expect(saveTeam(tx, ours.admin, facts)).rejects.toMatchObject(unknown);
    await expect(deleteTeam(tx, ours.admin, { teamId })).rejects.toMatchObject(unknown);
    const member = await theirs.person('member');
    const refused = { code: 'accounts.not_allowed' };
    await expect(saveTeam(tx, member, facts)).rejects.toMatchObject(refused);
    await expect(deleteTeam(tx, member, { teamId })).rejects.toMatchObject(refused);
    await expect(addTeam(tx, member, { name: 'x', memberIds: [] })).rejects.toMatchObject(refused);
    expect(await findTeams(tx, theirs.workspaceId)).toMatchObject([{ name: '発送' }]);
  }));

test('who is in a team works in its mailboxes, and no longer when it is dissolved', () =>
  withTx(async (tx) => {
    const company = await aCompany(tx);
    const { admin, person, workspaceId } = company;
    const ben = await person('member');
    const mailboxId = await aMailbox(tx, workspaceId);
    const { id: teamId } = await addTeam(tx, admin, { name: '発送', memberIds: [ben.memberId] });
    const teams = [{ teamId, level: 'work' as const }];
    const saved = await saveMailboxAccess(tx, admin, { mailboxId, members: [], teams });
    expect(saved.memberIds).toEqual([ben.memberId]);
    const rights = async () => {
      const now = await loadActor(tx, workspaceId, ben.memberId);
      return now !== null && mayIn(now, 'conversation.answer', mailboxId);
    };
    expect(await rights()).toBe(true);

    await deleteTeam(tx, admin, { teamId });
    expect(await rights()).toBe(false);
    const [mailbox] = await findMailboxes(tx, workspaceId, [mailboxId]);
    expect(mailbox).toMatchObject({ memberIds: [], access: { teams: [] } });
    await expect(saveMailboxAccess(tx, admin, { mailboxId, members: [], teams })).rejects.toMatchObject({
      code: 'accounts.team_not_found',
    });
    expect((await eventsOf(tx, company)).at(-1)).toEqual({
      teamId,
      from: { name: '発送', memberIds: [ben.memberId], mailboxIds: [mailboxId] },
      to: null,
      deleted: true,
    });
  }));

test('who cannot choose the people of a mailbox cannot do it by way of a team', () =>
  withTx(async (tx) => {
    const { admin, person, workspaceId } = await aCompany(tx);
    const office = await aMember(tx, workspaceId, { permissions: ['team.manage', 'conversation.see'] });
    const ben = await person('member');
    const mailboxId = await aMailbox(tx, workspaceId);
    const { id: teamId } = await addTeam(tx, admin, { name: '発送', memberIds: [ben.memberId] });
    const facts = { teamId, name: '発送' };
    const more = { code: 'accounts.not_more_than_own' };
    const level = 'work' as const;
    await saveMailboxAccess(tx, admin, { mailboxId, members: [], teams: [{ teamId, level }] });
    for (const memberIds of [[ben.memberId, office.memberId], []])
      await expect(saveTeam(tx, office, { ...facts, memberIds })).rejects.toMatchObject(more);
    await expect(deleteTeam(tx, office, { teamId })).rejects.toMatchObject(more);
    const renamed = { ...facts, name: '出荷', memberIds: [ben.memberId] };
    expect((await saveTeam(tx, office, renamed)).name).toBe('出荷');
  }));

test('who does not see all of his mailboxes joins no team, and changes only those that he is in', () =>
  withTx(async (tx) => {
    const { admin, person, workspaceId } = await aCompany(tx);
    const ben = await person('member');
    for (const scope of ['teams', 'assigned'] as const) {
      const lead = await aMember(tx, workspaceId, { permissions: ['team.manage'], scope });
      const name = `発送 ${scope}`;
      const withHim = [ben.memberId, lead.memberId].sort();
      const { id: teamId } = await addTeam(tx, admin, { name, memberIds: [ben.memberId] });
      const { id: ownId } = await addTeam(tx, admin, { name: `返品 ${scope}`, memberIds: [lead.memberId] });
      const attempts = [
        () => saveTeam(tx, lead, { teamId, name, memberIds: withHim }),
        () => saveTeam(tx, lead, { teamId, name: '改名', memberIds: [ben.memberId] }),
        () => deleteTeam(tx, lead, { teamId }),
        () => addTeam(tx, lead, { name: '新しい班', memberIds: withHim }),
      ];
      for (const attempt of attempts)
        await expect(attempt()).rejects.toMatchObject({ code: 'accounts.not_more_than_own' });
      expect(await findTeams(tx, workspaceId)).toContainEqual({
        id: teamId,
        name,
        memberIds: [ben.memberId],
      });

      const saved = await saveTeam(tx, lead, { teamId: ownId, name: `返品 ${scope}`, memberIds: withHim });
      expect(saved.memberIds).toEqual(withHim);
      await addTeam(tx, lead, { name: `別の班 ${scope}`, memberIds: [ben.memberId] });
      expect((await saveTeam(tx, admin, { teamId, name, memberIds: withHim })).memberIds).toEqual(withHim);
    }
  }));
