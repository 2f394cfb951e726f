import type { ConversationId, WorkspaceId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import type { MemberActor } from '../../accounts/index.ts';
import { lockConversation } from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { aLetter } from '../../testing/a-letter.ts';
import { aShop } from '../../testing/a-shop.ts';
import { aMember, withTx } from '../../testing/index.ts';
import { breakHold } from './break-hold.ts';
import { releaseHold } from './release-hold.ts';
import { takeHold } from './take-hold.ts';

const take = (tx: Tx, actor: MemberActor, conversationId: ConversationId, renew = false) =>
  takeHold(tx, actor, { conversationId, clientId: 'his', here: false, renew });

const ended = async (tx: Tx, workspaceId: WorkspaceId) =>
  await tx
    .selectFrom('event')
    .select(['member_id', 'facts', 'silent'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'hold_ended')
    .orderBy('no')
    .execute();

test('強制解除 ends a hold with its reason, for 履歴 and for the one who had it', () =>
  withTx(async (tx) => {
    const { sato, tanaka, ...shop } = await aShop(tx);
    const { id } = (await aLetter(tx, shop)).conversation;
    await take(tx, sato, id);
    await breakHold(tx, tanaka, { conversationId: id, reason: ' 離席 ' });

    expect(await ended(tx, shop.workspaceId)).toMatchObject([
      {
        member_id: tanaka.memberId,
        silent: false,
        facts: { holderId: sato.memberId, reason: 'broken', words: '離席' },
      },
    ]);
    await expect(take(tx, sato, id, true)).rejects.toMatchObject({
      code: 'compose.hold_needed',
      facts: { memberId: null, ended: { reason: 'broken', byId: tanaka.memberId, words: '離席' } },
    });
    // Somebody meant to answer, and a half-written answer may lie there: it still says so.
    const conversation = await lockConversation(tx, tanaka, id);
    expect([conversation?.status, conversation?.assigneeId]).toEqual(['in_progress', sato.memberId]);
    await take(tx, tanaka, id);
  }));

test('nothing is broken where nobody holds', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { id } = (await aLetter(tx, shop)).conversation;
    await breakHold(tx, tanaka, { conversationId: id, reason: '離席' });
    expect(await ended(tx, shop.workspaceId)).toEqual([]);
  }));

test('who may answer and not break finds nothing to break', () =>
  withTx(async (tx) => {
    const { sato, ...shop } = await aShop(tx);
    const { id } = (await aLetter(tx, shop)).conversation;
    const rights = ['conversation.see', 'conversation.answer'] as const;
    const member = await aMember(tx, shop.workspaceId, {
      permissions: [...rights],
      mailboxIds: [shop.mailboxId],
    });
    await take(tx, sato, id);
    await expect(breakHold(tx, member, { conversationId: id, reason: '離席' })).rejects.toMatchObject({
      code: 'conversation.not_found',
    });
    await take(tx, sato, id, true);
  }));

test('a hold that nobody touched for long is free; status and assignee stay, and its writer learns why', () =>
  withTx(async (tx) => {
    const { sato, tanaka, ...shop } = await aShop(tx);
    const { id } = (await aLetter(tx, shop)).conversation;
    await take(tx, sato, id);
    await releaseHold(tx, sato, { conversationId: id, clientId: 'his', idle: true });

    const conversation = await lockConversation(tx, tanaka, id);
    expect([conversation?.status, conversation?.assigneeId]).toEqual(['in_progress', sato.memberId]);
    await expect(take(tx, sato, id, true)).rejects.toMatchObject({
      facts: { ended: { reason: 'idle', byId: sato.memberId, words: null } },
    });
    await take(tx, tanaka, id);
  }));

test('who goes on in another window of his is told that, and of no earlier end', () =>
  withTx(async (tx) => {
    const { sato, ...shop } = await aShop(tx);
    const { id } = (await aLetter(tx, shop)).conversation;
    await take(tx, sato, id);
    await releaseHold(tx, sato, { conversationId: id });
    await take(tx, sato, id);
    await takeHold(tx, sato, { conversationId: id, clientId: 'other', here: true, renew: false });
    await expect(take(tx, sato, id, true)).rejects.toMatchObject({
      facts: { memberId: sato.memberId, ended: null },
    });
  }));
