import type { Permission, TeamId, ViewFacts } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import type { MemberActor } from '../../accounts/index.ts';
import { addTeam } from '../../accounts/index.ts';
import { aConversation, aShop } from '../../testing/conversations.ts';
import { withTx } from '../../testing/index.ts';
import { listConversations } from '../list/list-conversations.ts';
import { countViews, listViews } from './list-views.ts';
import { addView, deleteView, orderViews, saveView } from './save-view.ts';

const own: ViewFacts = {
  name: '返品・交換',
  filter: { status: 'open,in_progress' },
  sort: 'waiting',
  columns: ['labels', 'assignee'],
  shared: false,
  teamId: null,
};
const without = (who: MemberActor, ...permissions: Permission[]): MemberActor => ({
  ...who,
  permissions: new Set([...who.permissions].filter((one) => !permissions.includes(one))),
});
type Tx = Parameters<typeof aShop>[0];
const namesFor = async (tx: Tx, who: MemberActor) => (await listViews(tx, who)).map(({ name }) => name);

test('one’s own list is seen by nobody else, a team’s by the team, and everyone’s by everyone', () =>
  withTx(async (tx) => {
    const { ada, ben } = await aShop(tx);
    const { id: teamId } = await addTeam(tx, ada, { name: '受注', memberIds: [] });
    const inTeam = { ...ben, teamIds: [teamId] };
    await addView(tx, ada, own);
    await addView(tx, ada, { ...own, name: 'チームの', shared: true, teamId });
    await addView(tx, ada, { ...own, name: '全員の', shared: true });
    expect(await namesFor(tx, ada)).toEqual(['返品・交換', 'チームの', '全員の']);
    expect(await namesFor(tx, inTeam)).toEqual(['チームの', '全員の']);
    expect(await namesFor(tx, ben)).toEqual(['全員の']);
  }));

test('to share with everyone is a right of its own; with one’s team it is not', () =>
  withTx(async (tx) => {
    const { ada, ben } = await aShop(tx);
    const { id: teamId } = await addTeam(tx, ada, { name: '受注', memberIds: [] });
    const member = { ...without(ben, 'view.share'), teamIds: [teamId] };
    const refused = { code: 'accounts.not_allowed' };
    await expect(addView(tx, member, { ...own, shared: true })).rejects.toMatchObject(refused);
    const { id: viewId } = await addView(tx, member, { ...own, shared: true, teamId });
    await expect(saveView(tx, member, { ...own, viewId, shared: true })).rejects.toMatchObject(refused);
    const colleague = { ...without(ada, 'view.share'), teamIds: [teamId] };
    await expect(deleteView(tx, colleague, { viewId })).rejects.toMatchObject(refused);
    await expect(deleteView(tx, without(ada, 'view.share'), { viewId })).rejects.toMatchObject({
      code: 'conversation.view_not_found',
    });
    await deleteView(tx, { ...ada, teamIds: [teamId] }, { viewId });
    expect(await namesFor(tx, member)).toEqual([]);
  }));

test('the number beside a list is its length, for each reader', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    for (const mailboxId of [shop.order, shop.order, shop.info])
      await aConversation(tx, { ...shop, mailboxId });
    await addView(tx, shop.ada, { ...own, shared: true });
    for (const [who, length] of [
      [shop.ada, 3],
      [shop.ben, 2],
    ] as const) {
      const [counted] = await countViews(tx, who);
      const [view] = await listViews(tx, who);
      const { items } = await listConversations(tx, who, { ...view?.filter });
      expect(items).toHaveLength(length);
      expect(counted).toEqual({
        viewId: view?.id,
        counts: {
          ...{ open: length, in_progress: 0, waiting: 0, done: 0 },
          statuses: [{ statusId: items[0]?.statusId, n: length }],
        },
      });
    }
  }));

test('everybody orders the lists for himself', () =>
  withTx(async (tx) => {
    const { ada, ben } = await aShop(tx);
    const { id: a } = await addView(tx, ada, { ...own, name: 'い', shared: true });
    const { id: b } = await addView(tx, ada, { ...own, name: 'ろ', shared: true });
    const { id: hidden } = await addView(tx, ada, { ...own, name: 'は' });
    await orderViews(tx, ben, { viewIds: [hidden, b, a] });
    expect(await namesFor(tx, ben)).toEqual(['ろ', 'い']);
    expect(await namesFor(tx, ada)).toEqual(['い', 'ろ', 'は']);
    const { id: c } = await addView(tx, ben, { ...own, name: 'に' });
    expect((await listViews(tx, ben)).at(-1)?.id).toBe(c);
  }));

test('a list without a name, or for a team that is not there, is refused', () =>
  withTx(async (tx) => {
    const { ada } = await aShop(tx);
    const nobodys = '00000000-0000-7000-8000-000000000000' as TeamId;
    for (const wrong of [{ name: '　' }, { teamId: nobodys }, { shared: true, teamId: nobodys }]) {
      await expect(addView(tx, ada, { ...own, ...wrong })).rejects.toMatchObject({
        code: 'conversation.view_unfit',
      });
    }
    await expect(addView(tx, ada, { ...own, filter: { assignee: 'x' } })).rejects.toMatchObject({
      code: 'conversation.filter_unfit',
    });
  }));
