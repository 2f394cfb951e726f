import type { ConversationId, EventKind, MailboxId, MemberId } from '@madoguchi/contract';
import type { KyselyPlugin } from 'kysely';
import { expect, test } from 'vitest';
import { addTeam, deleteTeam, leaveMember, saveMailboxAccess, saveTeam } from '../../accounts/index.ts';
import { type FeedEvent, newId, type Tx } from '../../platform/index.ts';
import { aLetter } from '../../testing/a-letter.ts';
import { aConversation, aShop, type Shop } from '../../testing/conversations.ts';
import { aMember, withTx } from '../../testing/index.ts';
import { changeAssignee } from '../assign-conversation.ts';
import { changeStatus } from '../set-status.ts';
import { firstStatusOf } from '../status/store.ts';
import { lockConversation } from '../store.ts';
import { giveBack, giveBackOfLeavers, giveBackReader } from './give-back.ts';

async function assigned(tx: Tx, shop: Shop, memberId: MemberId, mailboxId: MailboxId = shop.order) {
  const { id } = await changeAssignee(
    tx,
    shop.ada,
    await aConversation(tx, { ...shop, mailboxId }),
    memberId,
  );
  return id;
}

async function finish(tx: Tx, shop: Shop, id: ConversationId): Promise<void> {
  const held = await lockConversation(tx, shop.ada, id);
  if (held !== null)
    await changeStatus(tx, shop.ada, held, await firstStatusOf(tx, shop.workspaceId, 'done'));
}

const assigneeOf = async (tx: Tx, shop: Shop, id: ConversationId) =>
  (await lockConversation(tx, shop.house, id))?.assigneeId;

/** Hands the reader the events of these kinds that have been written, twice: a feed may repeat itself. */
async function tell(tx: Tx, shop: Shop, ...kinds: EventKind[]): Promise<void> {
  const events = await eventsOfKinds(tx, shop, kinds);
  await giveBackOfLeavers.run(tx, {}, events);
  await giveBackOfLeavers.run(tx, {}, events);
}

async function eventsOfKinds(tx: Tx, shop: Shop, kinds: EventKind[]): Promise<FeedEvent[]> {
  const rows = await tx
    .selectFrom('event')
    .selectAll()
    .where('workspace_id', '=', shop.workspaceId)
    .where('kind', 'in', kinds)
    .orderBy('created_at')
    .execute();
  return rows.map(
    ({ kind, facts, id, created_at }): FeedEvent => ({
      position: 1,
      workspaceId: shop.workspaceId,
      id,
      kind: kind as EventKind, // Read from where appendEvent wrote it.
      conversationId: null,
      mailboxId: null,
      revision: null,
      memberId: null,
      facts: facts as FeedEvent['facts'],
      causeId: null,
      silent: false,
      createdAt: created_at,
    }),
  );
}

const eventsOf = async (tx: Tx, conversationId: ConversationId) =>
  await tx
    .selectFrom('event')
    .select(['facts', 'member_id as by'])
    .where('conversation_id', '=', conversationId)
    .where('kind', 'in', ['assigned', 'team_assigned'])
    .orderBy('no')
    .execute();

const at = (level: 'read' | 'work', ...memberIds: MemberId[]) =>
  memberIds.map((memberId) => ({ memberId, level }));

test('what lies on who is taken out of a mailbox goes back, but for what he has done', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada, ben, order } = shop;
    const [waiting, done] = [await assigned(tx, shop, ben.memberId), await assigned(tx, shop, ben.memberId)];
    await finish(tx, shop, done);
    const share = { mailboxId: order, teams: [] };
    await saveMailboxAccess(tx, ada, { ...share, members: at('work', ada.memberId, ben.memberId) });
    await tell(tx, shop, 'mailbox_members_changed');
    expect(await assigneeOf(tx, shop, waiting)).toBe(ben.memberId);

    await saveMailboxAccess(tx, ada, { ...share, members: at('work', ada.memberId) });
    await tell(tx, shop, 'mailbox_members_changed');
    expect(await assigneeOf(tx, shop, waiting)).toBeNull();
    expect(await assigneeOf(tx, shop, done)).toBe(ben.memberId);
  }));

test('who may only read any more has nothing of his own there', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada, ben, order } = shop;
    const id = await assigned(tx, shop, ben.memberId);
    const members = [...at('work', ada.memberId), ...at('read', ben.memberId)];
    await saveMailboxAccess(tx, ada, { mailboxId: order, members, teams: [] });
    await tell(tx, shop, 'mailbox_members_changed');
    expect(await assigneeOf(tx, shop, id)).toBeNull();
  }));

test('who leaves a team that gave him a mailbox gives back what lies on him there, and there only', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada, ben, info, order } = shop;
    const { id: teamId } = await addTeam(tx, ada, { name: '問い合わせ', memberIds: [ben.memberId] });
    const teams = [{ teamId, level: 'work' as const }];
    await saveMailboxAccess(tx, ada, { mailboxId: info, members: at('work', ada.memberId), teams });
    const [byTeam, own] = [
      await assigned(tx, shop, ben.memberId, info),
      await assigned(tx, shop, ben.memberId, order),
    ];
    await saveTeam(tx, ada, { teamId, name: '問い合わせ', memberIds: [] });
    await tell(tx, shop, 'team_saved');
    expect(await assigneeOf(tx, shop, byTeam)).toBeNull();
    expect(await assigneeOf(tx, shop, own)).toBe(ben.memberId);
  }));

test('a dissolved team has no conversations, and what its people had by it goes back', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada, ben, info } = shop;
    const { id: teamId } = await addTeam(tx, ada, { name: '問い合わせ', memberIds: [ben.memberId] });
    const teams = [{ teamId, level: 'work' as const }];
    await saveMailboxAccess(tx, ada, { mailboxId: info, members: at('work', ada.memberId), teams });
    const id = await assigned(tx, shop, ben.memberId, info);
    await tx
      .updateTable('conversation')
      .set({ team_id: teamId })
      .where('workspace_id', '=', shop.workspaceId)
      .where('id', '=', id)
      .execute();
    await deleteTeam(tx, ada, { teamId });
    await tell(tx, shop, 'team_saved');
    expect(await lockConversation(tx, shop.house, id)).toMatchObject({ assigneeId: null, teamId: null });
    expect((await eventsOf(tx, id)).slice(1)).toEqual([
      { facts: { from: ben.memberId, to: null }, by: null },
      { facts: { from: teamId, to: null }, by: null },
    ]);
  }));

test('when a role loses the right to see, its people give back what lies on them', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const id = await assigned(tx, shop, shop.ben.memberId);
    const role = await tx
      .updateTable('role')
      .set({ permissions: ['conversation.note'] })
      .from('member')
      .whereRef('member.role_id', '=', 'role.id')
      .where('role.workspace_id', '=', shop.workspaceId)
      .where('member.id', '=', shop.ben.memberId)
      .returning('role.id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('event')
      .values({
        workspace_id: shop.workspaceId,
        id: newId(),
        kind: 'role_saved',
        facts: JSON.stringify({ roleId: role.id }),
      })
      .execute();
    await tell(tx, shop, 'role_saved');
    expect(await assigneeOf(tx, shop, id)).toBeNull();
  }));

test('a successor takes over where he may answer; the rest goes back, and the history names the house', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada, ben, info, order, workspaceId } = shop;
    const cho = await aMember(tx, workspaceId, { mailboxIds: [order, info] });
    const [inOrder, inInfo, done] = [
      await assigned(tx, shop, cho.memberId, order),
      await assigned(tx, shop, cho.memberId, info),
      await assigned(tx, shop, cho.memberId, order),
    ];
    await finish(tx, shop, done);
    await leaveMember(tx, ada, 'left', { memberId: cho.memberId, successorId: ben.memberId });
    await tell(tx, shop, 'member_left');
    expect(await assigneeOf(tx, shop, inOrder)).toBe(ben.memberId);
    expect(await assigneeOf(tx, shop, inInfo)).toBeNull();
    expect(await assigneeOf(tx, shop, done)).toBe(cho.memberId);
    expect((await eventsOf(tx, inOrder)).at(-1)).toEqual({
      facts: { from: cho.memberId, to: ben.memberId },
      by: null,
    });
    expect(await eventsOf(tx, inOrder)).toHaveLength(2);
  }));

test('a successor who only reads there, or may not answer, is refused, and takes nothing over if he became so', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { order, workspaceId } = shop;
    const unfit = [
      await aMember(tx, workspaceId, { mailboxIds: [order], level: 'read' }),
      await aMember(tx, workspaceId, { mailboxIds: [order], permissions: ['conversation.see'] }),
    ];
    for (const successor of unfit) {
      const leaver = await aMember(tx, workspaceId, { mailboxIds: [order] });
      const id = await assigned(tx, shop, leaver.memberId);
      const { memberId } = leaver;
      await expect(
        leaveMember(tx, shop.ada, 'suspended', { memberId, successorId: successor.memberId }),
      ).rejects.toMatchObject({ code: 'accounts.successor_unfit' });
      await leaveMember(tx, shop.ada, 'suspended', { memberId, successorId: null });
      await giveBack(tx, shop.house, memberId, { successorId: successor.memberId });
      expect(await assigneeOf(tx, shop, id)).toBeNull();
    }
  }));

test('who came back before his leaving was read keeps what is his', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada, ben } = shop;
    const id = await assigned(tx, shop, ben.memberId);
    await leaveMember(tx, ada, 'suspended', { memberId: ben.memberId, successorId: ada.memberId });
    await tx
      .updateTable('member')
      .set({ state: 'active' })
      .where('workspace_id', '=', shop.workspaceId)
      .where('id', '=', ben.memberId)
      .execute();
    await tell(tx, shop, 'member_left');
    expect(await assigneeOf(tx, shop, id)).toBe(ben.memberId);
  }));

test('a letter to what a leaver had done opens it for everybody, not for him', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada, ben, order } = shop;
    const id = await assigned(tx, shop, ben.memberId);
    await finish(tx, shop, id);
    await leaveMember(tx, ada, 'left', { memberId: ben.memberId, successorId: null });
    await tell(tx, shop, 'member_left');
    expect(await assigneeOf(tx, shop, id)).toBe(ben.memberId);
    await aLetter(tx, { ...shop, mailboxId: order }, { conversationId: id });
    expect(await lockConversation(tx, shop.house, id)).toMatchObject({ status: 'open', assigneeId: null });
  }));

test('however many conversations lie on someone, his rights are read once', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    for (let n = 0; n < 3; n += 1) await assigned(tx, shop, shop.ben.memberId);
    let reads = 0;
    const counting: KyselyPlugin = {
      transformQuery({ node }) {
        if (node.kind === 'SelectQueryNode' && JSON.stringify(node.from).includes('"member"')) reads += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    };

    await giveBack(tx.withPlugin(counting), shop.house, shop.ben.memberId);

    expect(reads).toBe(1);
  }));

test('more than fits into one transaction goes back in several, and none is looked at twice', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada, ben, info, order, workspaceId } = shop;
    const cho = await aMember(tx, workspaceId, { mailboxIds: [order, info] });
    const ids: ConversationId[] = [];
    for (let n = 0; n < 5; n += 1) ids.push(await assigned(tx, shop, cho.memberId, n === 0 ? info : order));
    await leaveMember(tx, ada, 'left', { memberId: cho.memberId, successorId: ben.memberId });
    const events = await eventsOfKinds(tx, shop, ['member_left']);
    const assignees = async () => Promise.all(ids.map((id) => assigneeOf(tx, shop, id)));
    const reader = giveBackReader(2);

    expect(await reader.run(tx, {}, events)).toBe('more');
    expect(await assignees()).toEqual([null, ben.memberId, cho.memberId, cho.memberId, cho.memberId]);
    // Whoever goes on after a crash begins with the same events again.
    expect(await giveBackReader(2).run(tx, {}, events)).toBe('more');
    expect(await giveBackReader(2).run(tx, {}, events)).toBeUndefined();
    expect(await assignees()).toEqual([null, ...Array(4).fill(ben.memberId)]);
    for (const id of ids) expect(await eventsOf(tx, id)).toHaveLength(2);
  }));

test('what he keeps in other mailboxes takes no place among what goes back', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada, ben, info, order, workspaceId } = shop;
    const cho = await aMember(tx, workspaceId, { mailboxIds: [order, info] });
    const kept = [await assigned(tx, shop, cho.memberId, info), await assigned(tx, shop, cho.memberId, info)];
    const lost = await assigned(tx, shop, cho.memberId, order);
    await saveMailboxAccess(tx, ada, {
      mailboxId: order,
      members: at('work', ben.memberId, cho.memberId),
      teams: [],
    });
    await saveMailboxAccess(tx, ada, { mailboxId: order, members: at('work', ben.memberId), teams: [] });
    const events = await eventsOfKinds(tx, shop, ['mailbox_members_changed']);
    await giveBackReader(2).run(tx, {}, events);
    expect(await assigneeOf(tx, shop, lost)).toBeNull();
    for (const id of kept) expect(await assigneeOf(tx, shop, id)).toBe(cho.memberId);
  }));

test('a dissolved team with more than fits into one transaction gives up all it had', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada, ben, order, workspaceId } = shop;
    const { id: teamId } = await addTeam(tx, ada, { name: '問い合わせ', memberIds: [ben.memberId] });
    for (let n = 0; n < 3; n += 1) await aConversation(tx, { ...shop, mailboxId: order });
    await tx
      .updateTable('conversation')
      .set({ team_id: teamId })
      .where('workspace_id', '=', workspaceId)
      .execute();
    await deleteTeam(tx, ada, { teamId });
    const events = (await eventsOfKinds(tx, shop, ['team_saved'])).slice(-1);
    const left = async () =>
      (
        await tx
          .selectFrom('conversation')
          .select('id')
          .where('workspace_id', '=', workspaceId)
          .where('team_id', '=', teamId)
          .execute()
      ).length;
    expect([await giveBackReader(2).run(tx, {}, events), await left()]).toEqual(['more', 1]);
    expect([await giveBackReader(2).run(tx, {}, events), await left()]).toEqual([undefined, 0]);
  }));
