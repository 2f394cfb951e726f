import type { HouseLetterKind, MemberId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { aMember, aWorkspace, withTx } from '../../testing/index.ts';
import { insertLetter, type LetterState, settleLetter } from '../store.ts';
import { listLetters } from './list-letters.ts';

const REPLY = '550 5.1.1 <ben@komorebi.example>: no such user';

async function aHouse(tx: Tx) {
  const workspaceId = await aWorkspace(tx);
  const asker = await aMember(tx, workspaceId, { permissions: ['people.reset', 'people.see_addresses'] });
  const person = await aMember(tx, workspaceId);
  const letter = async (kind: HouseLetterKind, state: LetterState, { daysAgo = 0 } = {}) => {
    const { memberId } = person;
    const facts = { memberId, purpose: 'invitation' };
    const eventId = await appendEvent(tx, asker, { kind: 'invitation_wanted', facts });
    const key = { workspaceId, eventId };
    await insertLetter(tx, { ...key, kind, memberId, facts: {} });
    const row = tx
      .updateTable('house_letter')
      .where('workspace_id', '=', workspaceId)
      .where('event_id', '=', eventId);
    const createdAt = new Date(Date.now() - daysAgo * 86_400_000);
    await row.set({ state: 'sending', created_at: createdAt }).execute();
    await settleLetter(tx, key, { state, reply: state === 'refused' ? REPLY : '' });
  };
  return { workspaceId, asker, person, letter };
}

const shown = (letters: Awaited<ReturnType<typeof listLetters>>) =>
  letters.map(({ memberId, kind, state, reply }) => ({ memberId, kind, state, reply }));

test('the newest letter of each kind is told, with the words of the server that refused it', () =>
  withTx(async (tx) => {
    const { asker, person, letter } = await aHouse(tx);
    await letter('invitation', 'accepted', { daysAgo: 2 });
    await letter('invitation', 'refused', { daysAgo: 1 });
    await letter('reset', 'unknown');
    const { memberId } = person;
    expect(shown(await listLetters(tx, asker))).toEqual([
      { memberId, kind: 'invitation', state: 'refused', reply: REPLY },
      { memberId, kind: 'reset', state: 'unknown', reply: '' },
    ]);
  }));

test('what is older than a month, or went to who has left, is not told', () =>
  withTx(async (tx) => {
    const { asker, person, letter, workspaceId } = await aHouse(tx);
    await letter('reset', 'refused', { daysAgo: 31 });
    expect(await listLetters(tx, asker)).toEqual([]);
    await letter('reset', 'refused');
    expect(await listLetters(tx, asker)).toHaveLength(1);
    await leave(tx, workspaceId, person.memberId);
    expect(await listLetters(tx, asker)).toEqual([]);
  }));

test('the words of the server, which name an address, are for who sees colleagues’ addresses', () =>
  withTx(async (tx) => {
    const { letter, workspaceId } = await aHouse(tx);
    await letter('invitation', 'refused');
    const inviter = await aMember(tx, workspaceId, { permissions: ['people.add'] });
    expect(shown(await listLetters(tx, inviter))).toMatchObject([{ state: 'refused', reply: '' }]);
  }));

test('who neither invites nor makes links learns nothing, and another workspace has its own', () =>
  withTx(async (tx) => {
    const { letter, workspaceId } = await aHouse(tx);
    await letter('invitation', 'refused');
    const curious = await aMember(tx, workspaceId, { permissions: ['people.edit', 'people.see_addresses'] });
    await expect(listLetters(tx, curious)).rejects.toMatchObject({ code: 'accounts.not_allowed' });
    expect(await listLetters(tx, (await aHouse(tx)).asker)).toEqual([]);
  }));

async function leave(tx: Tx, workspaceId: Parameters<typeof aMember>[1], memberId: MemberId): Promise<void> {
  await tx
    .updateTable('member')
    .set({ state: 'left' })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .execute();
}
