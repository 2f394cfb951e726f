import type { Scope, TeamId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import type { Actor } from '../accounts/index.ts';
import { assignConversation, moveConversation } from '../conversation/index.ts';
import { type FeedEvent, newId, type Tx } from '../platform/index.ts';
import { aConversation, aShop, type Shop } from '../testing/conversations.ts';
import { inMailboxes, withTx } from '../testing/index.ts';
import { lineFor } from './line.ts';
import { isNarrow, narrowTo } from './narrow.ts';

/** What the feed has told of a workspace so far, as the streams get it. */
async function feedOf(tx: Tx, { workspaceId }: Shop): Promise<FeedEvent[]> {
  const rows = await tx
    .selectFrom('event')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
  return rows.map((row, at) => ({
    position: at + 1,
    workspaceId,
    id: row.id,
    kind: row.kind as FeedEvent['kind'],
    conversationId: row.conversation_id,
    mailboxId: row.mailbox_id,
    revision: row.revision,
    memberId: row.member_id,
    facts: row.facts as FeedEvent['facts'],
    causeId: null,
    silent: row.silent,
    createdAt: row.created_at,
  }));
}

/** The lines that a page of this person gets of a batch. */
async function told(tx: Tx, actor: Actor, events: FeedEvent[]): Promise<string[]> {
  const mine = isNarrow(actor) ? await narrowTo(tx, actor, events) : events;
  return mine.flatMap((event) => lineFor(event, actor)?.kind ?? []);
}

const as = (actor: Actor, scope: Scope, teamIds: TeamId[] = []): Actor => ({ ...actor, scope, teamIds });

test('who sees what is assigned to him only hears of that, until the moment when it is taken from him', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const ben = as(shop.ben, 'assigned');
    const give = (from: Actor | null, to: Actor | null) =>
      assignConversation(tx, shop.ada, {
        conversationId: id,
        assigneeId: to?.memberId ?? null,
        seenAssigneeId: from?.memberId ?? null,
      });
    const received = await feedOf(tx, shop);
    expect(await told(tx, ben, received)).toEqual([]);
    expect(await told(tx, shop.ben, received)).toEqual(['message_received']);

    await give(null, ben);
    expect(await told(tx, ben, (await feedOf(tx, shop)).slice(1))).toEqual(['assigned']);
    await give(ben, shop.ada);
    expect(await told(tx, ben, (await feedOf(tx, shop)).slice(2))).toEqual(['assigned']);
    await give(shop.ada, null);
    expect(await told(tx, ben, (await feedOf(tx, shop)).slice(3))).toEqual([]);
  }));

test('who sees his team’s hears of it, and of the moment when it is the team’s no more', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const teamId = newId<TeamId>();
    await tx
      .insertInto('team')
      .values({ workspace_id: shop.workspaceId, id: teamId, name: '返品係' })
      .execute();
    const teamed = (to: TeamId | null) =>
      tx
        .updateTable('conversation')
        .set({ team_id: to })
        .where('workspace_id', '=', shop.workspaceId)
        .where('id', '=', id)
        .execute();
    await teamed(teamId);
    const events = await feedOf(tx, shop);
    const [received] = events;
    if (received === undefined) throw new Error('nothing was told');
    expect(await told(tx, as(shop.ben, 'teams', [teamId]), events)).toEqual(['message_received']);
    expect(await told(tx, as(shop.ben, 'teams'), events)).toEqual([]);
    await teamed(null);
    const away = { ...received, kind: 'team_assigned' as const, facts: { from: teamId, to: null } };
    expect(await told(tx, as(shop.ben, 'teams', [teamId]), [received, away])).toEqual(['team_assigned']);
    expect(await told(tx, as(shop.ben, 'teams'), [away])).toEqual([]);
  }));

test('what leaves his mailbox is told to whom it was visible there, without the name of the other one', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const [mine, others] = [
      await aConversation(tx, { ...shop, mailboxId: shop.order }),
      await aConversation(tx, { ...shop, mailboxId: shop.order }),
    ];
    const ben = as(shop.ben, 'assigned');
    const take = { conversationId: mine.id, assigneeId: ben.memberId, seenAssigneeId: null };
    await assignConversation(tx, shop.ada, take);
    const before = (await feedOf(tx, shop)).length;
    for (const { id } of [mine, others]) {
      const move = { conversationId: id, mailboxId: shop.info, seenMailboxId: shop.order };
      await moveConversation(tx, shop.ada, move);
    }
    const moved = (await feedOf(tx, shop)).slice(before);
    const lines = (await narrowTo(tx, ben, moved)).flatMap((event) => lineFor(event, ben) ?? []);
    expect(new Set(lines.map(({ conversationId }) => conversationId))).toEqual(new Set([mine.id]));
    expect(lines.map(({ kind }) => kind)).toContain('assigned');
    expect(lines.some(({ mailboxId }) => mailboxId === shop.info)).toBe(false);
  }));

test('a page that looks as somebody else hears what both may see', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const take = { conversationId: id, assigneeId: shop.ben.memberId, seenAssigneeId: null };
    await assignConversation(tx, shop.ada, take);
    const events = await feedOf(tx, shop);
    const preview = (previewedBy: Actor) => ({ ...as(shop.ben, 'assigned'), previewedBy });
    expect(await told(tx, preview(shop.ada), events)).toEqual(['message_received', 'assigned']);
    expect(await told(tx, preview(as(shop.ada, 'assigned')), events)).toEqual([]);
    expect(await told(tx, preview({ ...shop.ada, mailboxes: inMailboxes([shop.info]) }), events)).toEqual([]);
  }));
