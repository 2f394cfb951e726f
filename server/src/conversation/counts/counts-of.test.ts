import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aLetter } from '../../testing/a-letter.ts';
import { aConversation, aShop } from '../../testing/conversations.ts';
import { testDb, withTx } from '../../testing/index.ts';
import {
  assignConversation,
  type Conversation,
  changeAssignee,
  changeStatus,
  firstStatusOf,
  listConversations,
  lockConversation,
  moveConversation,
  setPlace,
} from '../index.ts';
import { countsOf, recountConversations } from './counts-of.ts';
import { foldCounts } from './fold-counts.ts';
import { countWrong, foldChanges } from './store.ts';

const KINDS = ['open', 'in_progress', 'waiting', 'done'] as const;
const PLACES = ['inbox', 'spam', 'trash'] as const;

const step = fc.record({
  which: fc.nat(30),
  act: fc.constantFrom('letter', 'status', 'place', 'assign', 'move', 'begin', 'fold'),
  to: fc.nat(3),
});

test('after any row of changes the counts are what one counts by hand, and each equals its list', () =>
  fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), (steps) =>
      withTx(async (tx) => {
        const shop = await aShop(tx);
        const ids = [(await aConversation(tx, { ...shop, mailboxId: shop.order })).id];
        const { ada } = shop;
        const acts: Record<string, (before: Conversation, to: number) => Promise<unknown>> = {
          letter: ({ id }) => aLetter(tx, { ...shop, mailboxId: shop.order }, { conversationId: id }),
          status: async (before, to) =>
            changeStatus(tx, ada, before, await firstStatusOf(tx, ada.workspaceId, KINDS[to] ?? 'open')),
          place: ({ id, place }, to) =>
            setPlace(tx, ada, { conversationId: id, place: PLACES[to] ?? 'inbox', seenPlace: place }),
          assign: (before, to) =>
            changeAssignee(tx, ada, before, [null, ada.memberId, shop.ben.memberId][to] ?? null),
          move: ({ id, mailboxId }, to) =>
            moveConversation(tx, ada, {
              conversationId: id,
              mailboxId: to < 2 ? shop.order : shop.info,
              seenMailboxId: mailboxId,
            }),
          begin: async (_before, to) => {
            const mailboxId = to < 2 ? shop.order : shop.info;
            ids.push((await aConversation(tx, { ...shop, mailboxId })).id);
          },
          fold: () => foldChanges(tx, 5),
        };
        for (const { which, act, to } of steps) {
          const id = ids[which % ids.length];
          const before = id && (await lockConversation(tx, ada, id));
          if (before) await acts[act]?.(before, to);
        }

        expect(await countWrong(tx, shop.workspaceId)).toBe(0);
        const counts = await countsOf(tx, ada);
        for (const status of KINDS) {
          const mine = await listConversations(tx, ada, { status, assignee: 'me', limit: 200 });
          expect(counts.mine[status]).toBe(mine.items.length);
          const nobodys = await listConversations(tx, ada, { status, assignee: 'none', limit: 200 });
          expect(counts.unassigned[status]).toBe(nobodys.items.length);
          for (const { mailboxId, ...of } of counts.mailboxes) {
            const list = await listConversations(tx, ada, { status, mailboxId, limit: 200 });
            expect(of[status]).toBe(list.items.length);
          }
        }
        expect(await recountConversations(tx, shop.house)).toEqual({ wrong: 0 });
      }),
    ),
    { numRuns: 5, endOnFailure: true },
  ));

test('a count that went wrong is found and made anew', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    await aConversation(tx, { ...shop, mailboxId: shop.order });
    await tx.deleteFrom('conversation_count_change').where('workspace_id', '=', shop.workspaceId).execute();
    expect(await recountConversations(tx, shop.house)).toEqual({ wrong: 1 });
    expect(await recountConversations(tx, shop.house)).toEqual({ wrong: 0 });
    expect((await countsOf(tx, shop.ada)).mailboxes).toMatchObject([{ mailboxId: shop.order, open: 1 }]);
  }));

test('counts stay exact while many change them and the sweep folds', async () => {
  const db = await testDb();
  try {
    const shop = await db.transaction((tx) => aShop(tx));
    const mailboxIds = [shop.order, shop.info];
    const first = await db.transaction((tx) =>
      Promise.all(mailboxIds.map((mailboxId) => aConversation(tx, { ...shop, mailboxId }))),
    );
    const more = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        db.transaction((tx) =>
          aConversation(tx, { ...shop, mailboxId: n % 2 === 0 ? shop.order : shop.info }),
        ),
      ),
    );
    const made = [...first, ...more];
    const take = ({ id }: Conversation) =>
      db.transaction((tx) =>
        assignConversation(tx, shop.ada, {
          conversationId: id,
          assigneeId: shop.ada.memberId,
          seenAssigneeId: null,
        }),
      );
    await Promise.all([...made.map(take), foldCounts.run({ db }), foldCounts.run({ db })]);

    await db.transaction(async (tx) => {
      expect((await countsOf(tx, shop.ada)).mine.open).toBe(12);
      expect(await countWrong(tx, shop.workspaceId)).toBe(0);
    });
  } finally {
    await db.drop();
  }
});
