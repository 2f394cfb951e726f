import { expect, test } from 'vitest';
import { aCompany } from '../../testing/a-company.ts';
import { aMember, aWorkspace, withTx } from '../../testing/index.ts';
import { leaveMember, returnMember } from '../member/leave-member.ts';
import { actorOfToken } from '../sign-in/token.ts';
import { addOwnToken, endOwnToken, listOwnTokens } from './own-tokens.ts';

test('a token is shown by its word once, and by its name after', () =>
  withTx(async (tx) => {
    const ada = await aMember(tx, await aWorkspace(tx), { permissions: ['token.own'] });
    const { word, ...token } = await addOwnToken(tx, ada, { name: ' 在庫システム ' });
    expect(token).toMatchObject({ name: '在庫システム', lastUsedAt: null });
    expect(await listOwnTokens(tx, ada)).toEqual([token]);
    expect(JSON.stringify(await listOwnTokens(tx, ada))).not.toContain(word.slice(4));
    expect(await actorOfToken(tx, word)).toMatchObject({ memberId: ada.memberId });
    expect((await listOwnTokens(tx, ada))[0]?.lastUsedAt).toBeInstanceOf(Date);
  }));

test('a token makes no token, nor does who may have none', () =>
  withTx(async (tx) => {
    const workspaceId = await aWorkspace(tx);
    const ada = await aMember(tx, workspaceId);
    const program = await actorOfToken(tx, (await addOwnToken(tx, ada, { name: 'x' })).word);
    if (program === null) throw new Error('the token was not found');
    await expect(addOwnToken(tx, program, { name: 'y' })).rejects.toMatchObject({
      code: 'accounts.not_by_token',
    });
    const ben = await aMember(tx, workspaceId, { permissions: [] });
    for (const refused of [addOwnToken(tx, ben, { name: 'y' }), listOwnTokens(tx, ben)])
      await expect(refused).rejects.toMatchObject({ code: 'accounts.not_allowed' });
    expect(await listOwnTokens(tx, ada)).toHaveLength(1);
  }));

test('an ended token is dead, and its streams are told', () =>
  withTx(async (tx) => {
    const ada = await aMember(tx, await aWorkspace(tx));
    const kept = await addOwnToken(tx, ada, { name: 'kept' });
    const { id, word } = await addOwnToken(tx, ada, { name: 'ended' });
    await endOwnToken(tx, ada, { tokenId: id });
    expect(await actorOfToken(tx, word)).toBeNull();
    expect(await actorOfToken(tx, kept.word)).not.toBeNull();
    expect((await listOwnTokens(tx, ada)).map(({ name }) => name)).toEqual(['kept']);
    const events = await tx
      .selectFrom('event')
      .select(['kind', 'facts'])
      .where('workspace_id', '=', ada.workspaceId)
      .orderBy('created_at')
      .execute();
    const { memberId } = ada;
    expect(events).toEqual([
      { kind: 'token_made', facts: { memberId, tokenId: kept.id, name: 'kept' } },
      { kind: 'token_made', facts: { memberId, tokenId: id, name: 'ended' } },
      { kind: 'token_ended', facts: { memberId, tokenId: id } },
    ]);
    expect(JSON.stringify(events)).not.toContain(word.slice(4));
    await expect(endOwnToken(tx, ada, { tokenId: id })).rejects.toMatchObject({
      code: 'accounts.token_not_found',
    });
  }));

test('nobody ends another’s token', () =>
  withTx(async (tx) => {
    const workspaceId = await aWorkspace(tx);
    const [ada, ben] = [await aMember(tx, workspaceId), await aMember(tx, workspaceId)];
    const { id, word } = await addOwnToken(tx, ada, { name: 'hers' });
    await expect(endOwnToken(tx, ben, { tokenId: id })).rejects.toMatchObject({
      code: 'accounts.token_not_found',
    });
    expect(await actorOfToken(tx, word)).not.toBeNull();
  }));

test('the tokens of a retired person are dead, and stay dead when he comes back', () =>
  withTx(async (tx) => {
    const { admin, person } = await aCompany(tx);
    const ben = await person('member');
    const { word } = await addOwnToken(tx, ben, { name: 'his' });
    expect(await actorOfToken(tx, word)).toMatchObject({ memberId: ben.memberId });
    await leaveMember(tx, admin, 'left', { memberId: ben.memberId, successorId: null });
    expect(await actorOfToken(tx, word)).toBeNull();
    await returnMember(tx, admin, { memberId: ben.memberId });
    expect(await actorOfToken(tx, word)).toBeNull();
  }));
