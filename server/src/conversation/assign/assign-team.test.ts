import type { ConversationFilter, MailboxLevel, TeamId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { addTeam, deleteTeam, type MemberActor, saveMailboxAccess, visible } from '../../accounts/index.ts';
import { type FeedEvent, newId, type Tx } from '../../platform/index.ts';
import { aConversation, aShop, messagesIn, type Shop } from '../../testing/conversations.ts';
import { aMember, withTx } from '../../testing/index.ts';
import { assignConversation } from '../assign-conversation.ts';
import { countsOf } from '../counts/counts-of.ts';
import { giveBackOfLeavers } from '../give-back/give-back.ts';
import { listEvents } from '../history/list-events.ts';
import { listConversations } from '../list/list-conversations.ts';
import { moveConversation } from '../move-conversation.ts';
import { lockConversation } from '../store.ts';
import { assignTeam } from './assign-team.ts';

/** A team of ben's that works in 注文, unless the test says otherwise. */
async function aTeam(tx: Tx, { ada, ben, order }: Shop, level: MailboxLevel = 'work'): Promise<TeamId> {
  const { id: teamId } = await addTeam(tx, ada, { name: `班 ${newId()}`, memberIds: [ben.memberId] });
  await shareWith(tx, ada, order, [{ teamId, level }]);
  return teamId;
}

const shareWith = (
  tx: Tx,
  ada: MemberActor,
  mailboxId: Shop['order'],
  teams: { teamId: TeamId; level: MailboxLevel }[],
) => saveMailboxAccess(tx, ada, { mailboxId, members: [{ memberId: ada.memberId, level: 'work' }], teams });

/** Lets the reader see the newest event of a kind, as the feed would. */
async function tellNewest(tx: Tx, { workspaceId }: Shop, kind: 'team_saved' | 'mailbox_members_changed') {
  const row = await tx
    .selectFrom('event')
    .select(['id', 'facts', 'mailbox_id as mailboxId'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', kind)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const event: FeedEvent = {
    position: 1,
    workspaceId,
    kind,
    conversationId: null,
    revision: null,
    memberId: null,
    causeId: null,
    silent: false,
    createdAt: new Date(),
    id: row.id,
    mailboxId: row.mailboxId,
    facts: row.facts as FeedEvent['facts'], // appendEvent wrote an object.
  };
  await giveBackOfLeavers.run(tx, {}, [event]);
}

test('a team and a person have a conversation side by side, and the history says both', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada } = shop;
    const teamId = await aTeam(tx, shop);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    await assignConversation(tx, ada, { conversationId: id, assigneeId: ada.memberId, seenAssigneeId: null });
    const after = await assignTeam(tx, ada, { conversationId: id, teamId, seenTeamId: null });
    expect(after).toMatchObject({ teamId, assigneeId: ada.memberId });
    await assignTeam(tx, ada, { conversationId: id, teamId: null, seenTeamId: teamId });
    const { items } = await listEvents(tx, ada, { conversationId: id });
    expect(items.slice(1).map(({ kind, facts }) => ({ kind, facts }))).toEqual([
      { kind: 'assigned', facts: { from: null, to: ada.memberId } },
      { kind: 'team_assigned', facts: { from: null, to: teamId } },
      { kind: 'team_assigned', facts: { from: teamId, to: null } },
    ]);
  }));

test('the second of two who give it to a team is told which one has it', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const [first, second] = [await aTeam(tx, shop), await aTeam(tx, shop)];
    await shareWith(tx, shop.ada, shop.order, [
      { teamId: first, level: 'work' },
      { teamId: second, level: 'work' },
    ]);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    await assignTeam(tx, shop.ada, { conversationId: id, teamId: first, seenTeamId: null });
    await expect(
      assignTeam(tx, shop.ada, { conversationId: id, teamId: second, seenTeamId: null }),
    ).rejects.toMatchObject({ code: 'conversation.team_changed', facts: { nowWithTeam: first } });
  }));

test.each(['read', null] as const)('a team whose level in the mailbox is %s cannot have it', (level) =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const teamId = await aTeam(tx, shop, level ?? 'work');
    if (level === null) await shareWith(tx, shop.ada, shop.order, []);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    await expect(
      assignTeam(tx, shop.ada, { conversationId: id, teamId, seenTeamId: null }),
    ).rejects.toMatchObject({ code: 'conversation.team_unfit' });
  }),
);

test('a team that loses the mailbox, and one that is dissolved, give back what they had', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada, house } = shop;
    const teamOf = async (id: Awaited<ReturnType<typeof given>>) =>
      (await lockConversation(tx, house, id))?.teamId;
    const given = async (teamId: TeamId) => {
      const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
      await assignTeam(tx, ada, { conversationId: id, teamId, seenTeamId: null });
      return id;
    };
    const lost = await given(await aTeam(tx, shop));
    await shareWith(tx, ada, shop.order, []);
    await tellNewest(tx, shop, 'mailbox_members_changed');
    expect(await teamOf(lost)).toBeNull();

    const teamId = await aTeam(tx, shop);
    const left = await given(teamId);
    await deleteTeam(tx, ada, { teamId });
    await tellNewest(tx, shop, 'team_saved');
    expect(await teamOf(left)).toBeNull();
    const { items } = await listEvents(tx, ada, { conversationId: left });
    expect(items.at(-1)).toMatchObject({ kind: 'team_assigned', facts: { from: teamId, to: null } });
  }));

test('a conversation that moves to a mailbox of another team stays with no team', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const teamId = await aTeam(tx, shop);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    await assignTeam(tx, shop.ada, { conversationId: id, teamId, seenTeamId: null });
    const after = await moveConversation(tx, shop.ada, {
      conversationId: id,
      mailboxId: shop.info,
      seenMailboxId: shop.order,
    });
    expect(after.teamId).toBeNull();
  }));

test('who sees only his teams’ conversations sees one from the moment his team has it', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const teamId = await aTeam(tx, shop);
    const narrow: MemberActor = {
      ...(await aMember(tx, shop.workspaceId, { mailboxIds: [shop.order], scope: 'teams' })),
      teamIds: [teamId],
    };
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const seen = async () =>
      (await tx.selectFrom('conversation').select('conversation.id').where(visible(narrow)).execute()).length;
    expect(await seen()).toBe(0);
    await assignTeam(tx, shop.ada, { conversationId: id, teamId, seenTeamId: null });
    expect(await seen()).toBe(1);
  }));

test('the list of my teams, of one team, and the badge hold the same conversations', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const teamId = await aTeam(tx, shop);
    const ben = { ...shop.ben, teamIds: [teamId] };
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    await aConversation(tx, { ...shop, mailboxId: shop.order });
    await assignTeam(tx, shop.ada, { conversationId: id, teamId, seenTeamId: null });
    const idsOf = async (filter: ConversationFilter, who: MemberActor) =>
      (await listConversations(tx, who, filter)).items.map((item) => item.id);
    expect(await idsOf({ team: 'mine' }, ben)).toEqual([id]);
    expect(await idsOf({ teamId }, shop.ada)).toEqual([id]);
    expect(await idsOf({ team: 'mine' }, shop.ada)).toEqual([]);
    expect((await countsOf(tx, ben)).myTeams).toMatchObject({ open: 1, in_progress: 0, waiting: 0, done: 0 });
    expect((await countsOf(tx, shop.ada)).myTeams.open).toBe(0);
  }));

test('words for whoever takes over are a note of the same moment, and the event names it', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada, ben } = shop;
    const teamId = await aTeam(tx, shop);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    await assignConversation(tx, ada, {
      conversationId: id,
      assigneeId: ben.memberId,
      seenAssigneeId: null,
      message: ' 在庫の返事を待っています ',
    });
    await assignTeam(tx, ada, { conversationId: id, teamId, seenTeamId: null, message: 'お願いします' });
    const notes = (await messagesIn(tx, shop.workspaceId, id)).filter(({ kind }) => kind === 'note');
    expect(notes.map(({ text }) => text)).toEqual(['在庫の返事を待っています', 'お願いします']);
    const { items } = await listEvents(tx, ada, { conversationId: id });
    expect(items.slice(1).map(({ kind, facts }) => [kind, facts.noteId ?? facts.messageId])).toEqual([
      ['note_added', notes[0]?.id],
      ['assigned', notes[0]?.id],
      ['note_added', notes[1]?.id],
      ['team_assigned', notes[1]?.id],
    ]);
  }));

test('a refused hand-over leaves no words, and who may not leave a note leaves none this way', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const mute = await aMember(tx, shop.workspaceId, {
      mailboxIds: [shop.order],
      permissions: ['conversation.see', 'conversation.assign'],
    });
    const give = (who: MemberActor, seenAssigneeId: MemberActor['memberId'] | null) =>
      assignConversation(tx, who, {
        conversationId: id,
        assigneeId: shop.ben.memberId,
        seenAssigneeId,
        message: 'お願いします',
      });
    await expect(give(mute, null)).rejects.toMatchObject({ code: 'conversation.not_found' });
    await expect(give(shop.ada, shop.ada.memberId)).rejects.toMatchObject({
      code: 'conversation.assignment_changed',
    });
    expect((await messagesIn(tx, shop.workspaceId, id)).map(({ kind }) => kind)).toEqual(['in']);
  }));
