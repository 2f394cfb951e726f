import type {
  AnswerId,
  ConversationId,
  MailboxId,
  Permission,
  StatusId,
  WorkspaceId,
} from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { newId, type Tx } from '../platform/index.ts';
import { aMailbox, aMember, aWorkspace, withTx } from '../testing/index.ts';
import { type Actor, houseActor, mayIn, requirePermission } from './actor.ts';
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
    const permissions: Permission[] = ['people.manage', 'settings.manage'];
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
    expect(await seenBy(tx, { ...ada, mailboxIds: [foreign] })).toEqual([]);
  }));

test('a right counts in one’s own mailboxes only', () =>
  withTx(async (tx) => {
    const { ours, orders, repairs } = await twoCompanies(tx);
    const ada = await aMember(tx, ours, { mailboxIds: [orders], permissions: ['conversation.answer'] });
    expect(mayIn(ada, 'conversation.answer', orders)).toBe(true);
    expect(mayIn(ada, 'conversation.answer', repairs)).toBe(false);
    expect(mayIn(ada, 'conversation.delete', orders)).toBe(false);
    expect(mayIn(houseActor(ours), 'conversation.delete', repairs)).toBe(true);
    expect(() => requirePermission(ada, 'settings.manage')).toThrow(/may not see it/);
  }));

test('an actor is loaded with his role and mailboxes, in his workspace, while he is active', () =>
  withTx(async (tx) => {
    const { ours, theirs, orders } = await twoCompanies(tx);
    const ada = await aMember(tx, ours, { mailboxIds: [orders] });
    expect(await loadActor(tx, ours, ada.memberId)).toEqual(ada);
    expect(await loadActor(tx, theirs, ada.memberId)).toBeNull();
    await tx
      .updateTable('member')
      .set({ state: 'off' })
      .where('workspace_id', '=', ours)
      .where('id', '=', ada.memberId)
      .execute();
    expect(await loadActor(tx, ours, ada.memberId)).toBeNull();
  }));
