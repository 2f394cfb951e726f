import type { Leaving } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { newId, type Tx } from '../../../platform/index.ts';
import { aLetter } from '../../../testing/a-letter.ts';
import { aShop } from '../../../testing/a-shop.ts';
import { aCompany, aMailbox, aMember, withTx } from '../../../testing/index.ts';
import type { MemberActor } from '../../actor.ts';
import { makeToken } from '../../sign-in/token.ts';
import { updateMember } from '../store.ts';
import { readLeaving } from './read-leaving.ts';

const NOTHING: Leaving = {
  conversations: 0,
  holds: 0,
  drafts: 0,
  sessions: 0,
  tokens: 0,
  mailboxIds: [],
  successorIds: [],
};

/** One of each, written as rows: the folders that own them are not accounts' to call. */
async function work(tx: Tx, { workspaceId, memberId }: MemberActor, shop: Awaited<ReturnType<typeof aShop>>) {
  const { conversation } = await aLetter(tx, shop);
  const key = { workspace_id: workspaceId };
  await tx
    .updateTable('conversation')
    .set({ assignee_id: memberId })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', conversation.id)
    .execute();
  await tx
    .insertInto('hold')
    .values({
      ...key,
      answer_id: conversation.answerId,
      conversation_id: conversation.id,
      member_id: memberId,
      expires_at: new Date(Date.now() + 60_000),
    })
    .execute();
  await tx
    .insertInto('draft')
    .values({
      ...key,
      id: newId(),
      conversation_id: conversation.id,
      mailbox_id: conversation.mailboxId,
      author_id: memberId,
      kind: 'reply',
      seen_revision: 1,
    })
    .execute();
  return conversation;
}

test('what would move is counted, and what is done, sent, over or another’s is not', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { sato, tanaka, workspaceId } = shop;
    await work(tx, tanaka, shop);
    await makeToken(tx, tanaka, { memberId: tanaka.memberId, name: 'x' });
    const read = (who: MemberActor) => readLeaving(tx, sato, { memberId: who.memberId });
    expect(await read(tanaka)).toEqual({
      ...NOTHING,
      conversations: 1,
      holds: 1,
      drafts: 1,
      tokens: 1,
      mailboxIds: [shop.mailboxId],
      successorIds: [sato.memberId],
    });
    expect(await read(sato)).toMatchObject({ conversations: 0, holds: 0, drafts: 0, tokens: 0 });

    const done = await tx
      .selectFrom('status')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('kind', '=', 'done')
      .executeTakeFirstOrThrow();
    await tx
      .updateTable('conversation')
      .set({ status_id: done.id })
      .where('workspace_id', '=', workspaceId)
      .execute();
    await tx
      .updateTable('hold')
      .set({ expires_at: new Date(Date.now() - 60_000) })
      .where('workspace_id', '=', workspaceId)
      .execute();
    await tx
      .updateTable('draft')
      .set({ closed_at: new Date(), closed_as: 'sent' })
      .where('workspace_id', '=', workspaceId)
      .execute();
    expect(await read(tanaka)).toMatchObject({ conversations: 0, holds: 0, drafts: 0 });
  }));

test('who could take over works in one of his mailboxes, may answer there, and is here', () =>
  withTx(async (tx) => {
    const { admin, person, workspaceId } = await aCompany(tx);
    const [order, info] = [await aMailbox(tx, workspaceId), await aMailbox(tx, workspaceId)];
    const ben = await person('member', { mailboxIds: [order] });
    const fit = await person('member', { mailboxIds: [order, info] });
    const byTeam = await person('trainee');
    await person('member', { mailboxIds: [info] });
    await person('member', { mailboxIds: [order], level: 'read' });
    await person('reader', { mailboxIds: [order] });
    const away = await person('member', { mailboxIds: [order] });
    await updateMember(tx, workspaceId, away.memberId, { state: 'suspended' });
    const teamId = newId<never>();
    await tx.insertInto('team').values({ workspace_id: workspaceId, id: teamId, name: '注文' }).execute();
    await tx
      .insertInto('team_member')
      .values({ workspace_id: workspaceId, team_id: teamId, member_id: byTeam.memberId })
      .execute();
    await tx
      .insertInto('mailbox_team')
      .values({ workspace_id: workspaceId, mailbox_id: order, team_id: teamId, level: 'work' })
      .execute();

    const { mailboxIds, successorIds } = await readLeaving(tx, admin, ben);
    expect(mailboxIds).toEqual([order]);
    expect(new Set(successorIds)).toEqual(new Set([fit.memberId, byTeam.memberId]));
  }));

test('only who may let people go, and this person, learns what lies on him', () =>
  withTx(async (tx) => {
    const { admin, person, workspaceId } = await aCompany(tx);
    const stranger = (await aCompany(tx)).admin;
    const [manager, ben] = [await person('manager'), await person('member')];
    const curious = await aMember(tx, workspaceId, { permissions: ['people.edit', 'people.add'] });
    expect(await readLeaving(tx, manager, ben)).toEqual(NOTHING);
    const refusals: [MemberActor, MemberActor, string][] = [
      [ben, ben, 'accounts.not_allowed'],
      [curious, ben, 'accounts.not_allowed'],
      [manager, admin, 'accounts.not_more_than_own'],
      [stranger, ben, 'accounts.member_not_found'],
    ];
    for (const [actor, who, code] of refusals)
      await expect(readLeaving(tx, actor, who)).rejects.toMatchObject({ code });
  }));
