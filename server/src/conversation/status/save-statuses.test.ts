import type { StandingWords, StatusKind } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import type { Tx } from '../../platform/index.ts';
import { aConversation, aShop, type Shop } from '../../testing/conversations.ts';
import { aMember, withTx } from '../../testing/index.ts';
import { listConversations } from '../list/list-conversations.ts';
import { setStatus } from '../set-status.ts';
import { lockConversation } from '../store.ts';
import { readStandings, saveStatuses } from './save-statuses.ts';
import { firstStatusOf } from './store.ts';

type Given = StandingWords['statuses'][number];

const fresh = (kind: StatusKind, name: string, more: Partial<Given> = {}): Given => ({
  id: null,
  tint: null,
  off: false,
  ...more,
  kind,
  name,
});

/** The statuses as they are, changed by the test, and saved. */
async function save(tx: Tx, { ada, workspaceId }: Shop, change: (now: Given[]) => Given[]) {
  const { statuses } = await readStandings(tx, workspaceId);
  const now = statuses.map(({ id, kind, name, tint, off }) => ({ id, kind, name, tint, off }));
  return (await saveStatuses(tx, ada, { statuses: change(now), reasons: [] })).statuses;
}

test('own statuses stand in the given order, and a reply still comes to the first of its kind', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const after = await save(tx, shop, ([open, ...rest]) => [
      fresh('open', '至急', { tint: 'momo' }),
      ...(open ? [open] : []),
      ...rest,
      fresh('waiting', '倉庫に確認中'),
    ]);
    expect(after.map(({ kind, name }) => name || kind)).toEqual([
      ...['至急', 'open', 'in_progress', 'waiting', 'done', '倉庫に確認中'],
    ]);
    expect(after[0]).toMatchObject({ tint: 'momo', off: false, rank: 0 });
    expect((await firstStatusOf(tx, shop.workspaceId, 'open')).name).toBe('至急');
    expect((await firstStatusOf(tx, shop.workspaceId, 'waiting')).name).toBe('');
  }));

test('what stands in a status that is switched off stays, and nothing new comes to it', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada } = shop;
    const made = await save(tx, shop, (now) => [...now, fresh('open', '至急')]);
    const urgent = made.at(-1);
    const { id, statusId } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const other = await aConversation(tx, { ...shop, mailboxId: shop.order });
    if (urgent === undefined) throw new Error('no status was made');
    await setStatus(tx, ada, { conversationId: id, statusId: urgent.id, seenStatusId: statusId });
    await save(tx, shop, (now) => now.map((one) => (one.id === urgent.id ? { ...one, off: true } : one)));

    expect((await lockConversation(tx, ada, id))?.statusId).toBe(urgent.id);
    const listed = await listConversations(tx, ada, { statusId: urgent.id });
    expect(listed.items.map((item) => item.id)).toEqual([id]);
    await expect(
      setStatus(tx, ada, { conversationId: other.id, statusId: urgent.id, seenStatusId: statusId }),
    ).rejects.toMatchObject({ code: 'conversation.status_not_found' });
  }));

test.each([
  [
    'conversation.status_kind_empty',
    (now: Given[]) => now.map((one) => ({ ...one, off: one.kind === 'done' })),
  ],
  [
    'conversation.status_name_taken',
    (now: Given[]) => [...now, fresh('open', 'ＶＩＰ'), fresh('done', 'vip')],
  ],
  ['conversation.status_name_taken', (now: Given[]) => [...now, fresh('open', ' ')]],
  [
    'conversation.too_many_statuses',
    (now: Given[]) => [...now, ...[...'12345678'].map((name) => fresh('open', name))],
  ],
  [
    'conversation.status_not_found',
    (now: Given[]) => now.map((one) => (one.kind === 'open' ? { ...one, kind: 'done' as const } : one)),
  ],
])('%s is said, and nothing is changed', (code, change) =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const before = await readStandings(tx, shop.workspaceId);
    await expect(save(tx, shop, change)).rejects.toMatchObject({ code });
    expect(await readStandings(tx, shop.workspaceId)).toEqual(before);
  }),
);

test('a status that was left out stays behind the others: another administrator has just added it', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    await save(tx, shop, (now) => [fresh('open', '至急'), ...now]);
    const after = await save(tx, shop, (now) => now.filter(({ name }) => name === ''));
    expect(after.at(-1)).toMatchObject({ name: '至急', off: false });
  }));

test('there are ten reasons at most, and あとで is not among those one changes', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const saveReasons = (reasons: StandingWords['reasons']) =>
      saveStatuses(tx, shop.ada, { statuses: [], reasons });
    const named = (n: number) =>
      Array.from({ length: n }, (_, at) => ({ id: null, name: `理由${at}`, off: false }));
    await expect(saveReasons(named(11))).rejects.toMatchObject({ code: 'conversation.too_many_reasons' });
    const { reasons } = await saveReasons(named(10));
    expect(reasons.map(({ key, name }) => key ?? name)).toEqual([
      'later',
      ...named(10).map(({ name }) => name),
    ]);
    await expect(saveReasons(named(1))).rejects.toMatchObject({ code: 'conversation.too_many_reasons' });
    const [later] = reasons;
    if (later === undefined) throw new Error('there is no built-in reason');
    await expect(saveReasons([{ id: later.id, name: 'x', off: true }])).rejects.toMatchObject({
      code: 'conversation.reason_not_found',
    });
  }));

test('who may not manage statuses changes none', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const ada = await aMember(tx, shop.workspaceId, { permissions: ['conversation.see', 'mailbox.edit'] });
    await expect(save(tx, { ...shop, ada }, (now) => [fresh('open', '至急'), ...now])).rejects.toMatchObject({
      code: 'accounts.not_allowed',
    });
  }));
