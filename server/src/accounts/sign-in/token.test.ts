import { expect, test } from 'vitest';
import { aMailbox, aMember, aWorkspace, withTx } from '../../testing/index.ts';
import { reloadActor } from '../load-actor.ts';
import { makeSecretWord } from './secret-word.ts';
import { endTokens, insertToken } from './store.ts';
import { actorOfToken, makeToken } from './token.ts';

test('a token finds its member with his present rights', () =>
  withTx(async (tx) => {
    const workspaceId = await aWorkspace(tx);
    const mailboxId = await aMailbox(tx, workspaceId);
    const ada = await aMember(tx, workspaceId, {
      mailboxIds: [mailboxId],
      permissions: ['conversation.see'],
    });
    const actor = await actorOfToken(tx, await makeToken(tx, ada, ada));
    expect(actor).toMatchObject({
      workspaceId,
      memberId: ada.memberId,
      mailboxes: new Map([[mailboxId, 'work']]),
      permissions: new Set(['conversation.see']),
    });
  }));

test('only the hash of a token is kept', () =>
  withTx(async (tx) => {
    const ada = await aMember(tx, await aWorkspace(tx));
    const token = await makeToken(tx, ada, ada);
    const rows = await tx
      .selectFrom('api_token')
      .selectAll()
      .where('workspace_id', '=', ada.workspaceId)
      .execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token.slice(4));
    expect(rows[0]?.token_hash).toHaveLength(32);
  }));

test('an ended token finds nobody, and whoever came with it is gone', () =>
  withTx(async (tx) => {
    const ada = await aMember(tx, await aWorkspace(tx));
    const token = await makeToken(tx, ada, ada);
    const actor = await actorOfToken(tx, token);
    if (actor === null) throw new Error('the token was not found');
    expect(await reloadActor(tx, actor, '203.0.113.7')).toEqual(actor);
    await endTokens(tx, ada.workspaceId, ada.memberId);
    expect(await actorOfToken(tx, token)).toBeNull();
    expect(await reloadActor(tx, actor, '203.0.113.7')).toBeNull();
  }));

test('a token is looked up in the workspace that it names, and nowhere else', () =>
  withTx(async (tx) => {
    const ada = await aMember(tx, await aWorkspace(tx));
    const ben = await aMember(tx, await aWorkspace(tx));
    const word = makeSecretWord('mdg_', ada.workspaceId);
    await insertToken(tx, { memberId: ben.memberId, name: '' }, { ...word, workspaceId: ben.workspaceId });
    expect(await actorOfToken(tx, word.word)).toBeNull();
    await insertToken(tx, { memberId: ada.memberId, name: '' }, word);
    expect(await actorOfToken(tx, word.word)).toMatchObject({ memberId: ada.memberId });
  }));

test('a member makes tokens for himself, an administrator for others of his workspace', () =>
  withTx(async (tx) => {
    const workspaceId = await aWorkspace(tx);
    const ada = await aMember(tx, workspaceId);
    const ben = await aMember(tx, workspaceId, { permissions: ['conversation.see'] });
    const stranger = await aMember(tx, await aWorkspace(tx));
    expect(await makeToken(tx, ben, ben)).toMatch(/^mdg_/);
    expect(await makeToken(tx, ada, ben)).toMatch(/^mdg_/);
    await expect(makeToken(tx, ben, ada)).rejects.toMatchObject({ code: 'accounts.not_allowed' });
    await expect(makeToken(tx, ada, stranger)).rejects.toMatchObject({ code: 'accounts.member_not_found' });
  }));

test('who sees only what is assigned to him makes no token of somebody who sees all', () =>
  withTx(async (tx) => {
    const workspaceId = await aWorkspace(tx);
    const ada = await aMember(tx, workspaceId, { scope: 'assigned' });
    const ben = await aMember(tx, workspaceId, { permissions: ['conversation.see'] });
    const cho = await aMember(tx, workspaceId, { permissions: ['conversation.see'], scope: 'assigned' });
    await expect(makeToken(tx, ada, ben)).rejects.toMatchObject({ code: 'accounts.not_more_than_own' });
    expect(await makeToken(tx, ada, cho)).toMatch(/^mdg_/);
  }));
