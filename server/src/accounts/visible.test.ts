import type {
  AnswerId,
  ConversationId,
  MailboxId,
  Permission,
  Scope,
  StatusId,
  TeamId,
  WorkspaceId,
} from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { newId, type Tx } from '../platform/index.ts';
import { aMailbox, aMember, aWorkspace, inMailboxes, withTx } from '../testing/index.ts';
import {
  type Actor,
  houseActor,
  type MemberActor,
  mailboxesFor,
  mayIn,
  requireIn,
  requirePermission,
} from './actor.ts';
import { loadActor } from './load-actor.ts';
import { visible } from './visible.ts';

/** A conversation with no more than its row needs. */
async function conversationIn(tx: Tx, workspaceId: WorkspaceId, mailboxId: MailboxId, number: number) {
  const [id, statusId, answerId] = [newId<ConversationId>(), newId<StatusId>(), newId<AnswerId>()];
  await tx
    .insertInto('status')
    .values({ workspace_id: workspaceId, id: statusId, kind: 'open', rank: 0 })
    .execute();
  await tx.insertInto('answer').values({ workspace_id: workspaceId, id: answerId }).execute();
  await tx
    .insertInto('conversation')
    .values({
      workspace_id: workspaceId,
      id,
      number,
      mailbox_id: mailboxId,
      subject: 'ご注文について',
      status_id: statusId,
      answer_id: answerId,
      last_message_at: new Date('2026-11-20T02:54:00Z'),
    })
    .execute();
  return id;
}

/** Two workspaces; the first with two mailboxes of two conversations each. */
async function twoCompanies(tx: Tx) {
  const [ours, theirs] = [await aWorkspace(tx), await aWorkspace(tx)];
  const orders = await aMailbox(tx, ours);
  const repairs = await aMailbox(tx, ours);
  const foreign = await aMailbox(tx, theirs);
  const inOrders = [await conversationIn(tx, ours, orders, 1), await conversationIn(tx, ours, orders, 2)];
  const inRepairs = [await conversationIn(tx, ours, repairs, 3), await conversationIn(tx, ours, repairs, 4)];
  const inForeign = await conversationIn(tx, theirs, foreign, 1);
  return { ours, theirs, orders, repairs, foreign, inOrders, inRepairs, inForeign };
}

async function seenBy(tx: Tx, actor: Actor): Promise<ConversationId[]> {
  const rows = await tx
    .selectFrom('conversation')
    .select('id')
    .where(visible(actor))
    .orderBy('number')
    .execute();
  return rows.map(({ id }) => id);
}

test('a member sees the conversations of his mailboxes and no others', () =>
  withTx(async (tx) => {
    const { ours, orders, inOrders } = await twoCompanies(tx);
    const ada = await aMember(tx, ours, { mailboxIds: [orders] });
    expect(await seenBy(tx, ada)).toEqual(inOrders);
  }));

test('a member of two mailboxes sees both, a member of none sees nothing', () =>
  withTx(async (tx) => {
    const { ours, orders, repairs, inOrders, inRepairs } = await twoCompanies(tx);
    const ada = await aMember(tx, ours, { mailboxIds: [orders, repairs] });
    const ben = await aMember(tx, ours);
    expect(await seenBy(tx, ada)).toEqual([...inOrders, ...inRepairs]);
    expect(await seenBy(tx, ben)).toEqual([]);
  }));

test('managing everything opens no mailbox, and without the right to see nothing is seen', () =>
  withTx(async (tx) => {
    const { ours, orders } = await twoCompanies(tx);
    const permissions: Permission[] = ['people.edit', 'mailbox.edit', 'mailbox.share', 'channel.manage'];
    const ada = await aMember(tx, ours, { mailboxIds: [orders], permissions });
    expect(await seenBy(tx, ada)).toEqual([]);
  }));

test('the house sees all of one workspace and nothing of another', () =>
  withTx(async (tx) => {
    const { ours, theirs, inOrders, inRepairs, inForeign } = await twoCompanies(tx);
    expect(await seenBy(tx, houseActor(ours))).toEqual([...inOrders, ...inRepairs]);
    expect(await seenBy(tx, houseActor(theirs))).toEqual([inForeign]);
  }));

test('the id of another workspace’s mailbox opens nothing', () =>
  withTx(async (tx) => {
    const { ours, foreign } = await twoCompanies(tx);
    const ada = await aMember(tx, ours);
    expect(await seenBy(tx, { ...ada, mailboxes: inMailboxes([foreign], 'manage') })).toEqual([]);
  }));

test('a right counts in one’s own mailboxes only', () =>
  withTx(async (tx) => {
    const { ours, orders, repairs } = await twoCompanies(tx);
    const ada = await aMember(tx, ours, { mailboxIds: [orders], permissions: ['conversation.answer'] });
    expect(mayIn(ada, 'conversation.answer', orders)).toBe(true);
    expect(mayIn(ada, 'conversation.answer', repairs)).toBe(false);
    expect(mayIn(ada, 'conversation.delete', orders)).toBe(false);
    expect(mayIn(houseActor(ours), 'conversation.delete', repairs)).toBe(true);
    expect(() => requirePermission(ada, 'security.manage')).toThrow(/may not see it/);
  }));

test('an actor is loaded with his role and mailboxes, in his workspace, while he is active', () =>
  withTx(async (tx) => {
    const { ours, theirs, orders } = await twoCompanies(tx);
    const ada = await aMember(tx, ours, { mailboxIds: [orders] });
    expect(await loadActor(tx, ours, ada.memberId)).toEqual(ada);
    expect(await loadActor(tx, theirs, ada.memberId)).toBeNull();
    await tx
      .updateTable('member')
      .set({ state: 'left' })
      .where('workspace_id', '=', ours)
      .where('id', '=', ada.memberId)
      .execute();
    expect(await loadActor(tx, ours, ada.memberId)).toBeNull();
  }));

async function aTeam(tx: Tx, workspaceId: WorkspaceId): Promise<TeamId> {
  const id = newId<TeamId>();
  await tx
    .insertInto('team')
    .values({ workspace_id: workspaceId, id, name: `返品係 ${id}` })
    .execute();
  return id;
}

/** Orders: one conversation is Ada's, one her team's; repairs: both are nobody's. */
async function aDividedCompany(tx: Tx) {
  const company = await twoCompanies(tx);
  const { ours, orders, repairs, inOrders } = company;
  const ada = await aMember(tx, ours, { mailboxIds: [orders, repairs] });
  const teamId = await aTeam(tx, ours);
  const give = (
    id: ConversationId | undefined,
    to: { assignee_id: MemberActor['memberId'] } | { team_id: TeamId },
  ) =>
    tx
      .updateTable('conversation')
      .set(to)
      .where('workspace_id', '=', ours)
      .where('id', '=', id ?? newId<ConversationId>())
      .execute();
  await give(inOrders[0], { assignee_id: ada.memberId });
  await give(inOrders[1], { team_id: teamId });
  const as = (scope: Scope, teamIds: TeamId[] = []): MemberActor => ({ ...ada, scope, teamIds });
  return { ...company, ada, teamId, as };
}

test('“only what is assigned to me” shows that and nothing else', () =>
  withTx(async (tx) => {
    const { as, teamId, inOrders } = await aDividedCompany(tx);
    expect(await seenBy(tx, as('assigned', [teamId]))).toEqual([inOrders[0]]);
  }));

test('“only my teams’” shows what is theirs and one’s own, in one’s mailboxes only', () =>
  withTx(async (tx) => {
    const { as, teamId, inOrders, repairs } = await aDividedCompany(tx);
    expect(await seenBy(tx, as('teams', [teamId]))).toEqual(inOrders);
    expect(await seenBy(tx, as('teams'))).toEqual([inOrders[0]]);
    expect(await seenBy(tx, { ...as('teams', [teamId]), mailboxes: inMailboxes([repairs]) })).toEqual([]);
  }));

test('who looks as somebody else sees what both may see', () =>
  withTx(async (tx) => {
    const { as, ada, ours, orders, inOrders, inRepairs } = await aDividedCompany(tx);
    const looker = await aMember(tx, ours, { mailboxIds: [orders] });
    expect(await seenBy(tx, { ...ada, previewedBy: looker })).toEqual(inOrders);
    expect(await seenBy(tx, { ...as('assigned'), previewedBy: ada })).toEqual([inOrders[0]]);
    const blind = await aMember(tx, ours, { mailboxIds: [orders], permissions: ['people.preview'] });
    expect(await seenBy(tx, { ...ada, previewedBy: blind })).toEqual([]);
    expect(await seenBy(tx, ada)).toEqual([...inOrders, ...inRepairs]);
  }));

test('a level says how far a role’s rights go in one mailbox', () =>
  withTx(async (tx) => {
    const { ours, orders, repairs, foreign } = await twoCompanies(tx);
    const ada = await aMember(tx, ours, {
      permissions: ['conversation.see', 'conversation.answer', 'conversation.export'],
    });
    const at = (mailboxes: MemberActor['mailboxes']): MemberActor => ({ ...ada, mailboxes });
    const reader = at(inMailboxes([orders], 'read'));
    const worker = at(inMailboxes([orders], 'work'));
    const manager = at(inMailboxes([orders], 'manage'));

    expect([reader, worker, manager].map((who) => mayIn(who, 'conversation.export', orders))).toEqual([
      true,
      true,
      true,
    ]);
    expect([reader, worker, manager].map((who) => mayIn(who, 'conversation.answer', orders))).toEqual([
      false,
      true,
      true,
    ]);
    expect([reader, worker, manager].map((who) => mayIn(who, 'mailbox.edit', orders))).toEqual([
      false,
      false,
      true,
    ]);
    expect(mayIn(manager, 'mailbox.edit', repairs)).toBe(false);
    expect(mayIn(manager, 'conversation.note', orders)).toBe(false);
    expect(() => requireIn(reader, 'conversation.answer', orders)).toThrow(/may not see it/);
    expect(
      mailboxesFor(at(new Map([...reader.mailboxes, [foreign, 'work']])), 'conversation.answer'),
    ).toEqual([foreign]);
  }));

test('the higher of two levels counts, one’s own or a team’s', () =>
  withTx(async (tx) => {
    const { ours, orders, repairs } = await twoCompanies(tx);
    const ada = await aMember(tx, ours, { mailboxIds: [orders], level: 'read' });
    const teamId = await aTeam(tx, ours);
    await tx
      .insertInto('team_member')
      .values({ workspace_id: ours, team_id: teamId, member_id: ada.memberId })
      .execute();
    await tx
      .insertInto('mailbox_team')
      .values([
        { workspace_id: ours, mailbox_id: orders, team_id: teamId, level: 'manage' },
        { workspace_id: ours, mailbox_id: repairs, team_id: teamId, level: 'read' },
      ])
      .execute();
    const loaded = await loadActor(tx, ours, ada.memberId);
    expect(loaded?.mailboxes).toEqual(
      new Map([
        [orders, 'manage'],
        [repairs, 'read'],
      ]),
    );
    expect(loaded?.teamIds).toEqual([teamId]);
  }));
