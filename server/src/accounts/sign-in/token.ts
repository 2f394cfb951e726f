import type { MemberId } from '@madoguchi/contract';
import type { Tx } from '../../platform/index.ts';
import { type Actor, type MemberActor, requirePermission } from '../actor.ts';
import { memberNotFound } from '../errors.ts';
import { loadActor } from '../load-actor.ts';
import { makeSecretWord, readSecretWord } from './secret-word.ts';
import { makeSignInId } from './sign-in-id.ts';
import { insertToken, useToken } from './store.ts';

const PREFIX = 'mdg_';

/**
 * A new API token of a member, shown this once: oneself makes his own, an administrator anyone's.
 * @throws memberNotFound when there is no such active member
 */
export async function makeToken(tx: Tx, actor: Actor, { memberId }: { memberId: MemberId }): Promise<string> {
  if (actor.memberId !== memberId) requirePermission(actor, 'people.manage');
  if ((await loadActor(tx, actor.workspaceId, memberId)) === null) throw memberNotFound({});
  const word = makeSecretWord(PREFIX, actor.workspaceId);
  await insertToken(tx, memberId, word);
  return word.word;
}

/** Whose token it is, as he may act now; null when it is none of ours, has ended, or he is off. */
export async function actorOfToken(tx: Tx, token: string): Promise<MemberActor | null> {
  const word = readSecretWord(PREFIX, token);
  if (word === null) return null;
  const found = await useToken(tx, word);
  if (found === null) return null;
  const actor = await loadActor(tx, word.workspaceId, found.memberId);
  return actor === null ? null : { ...actor, sessionOrTokenId: makeSignInId('token', found.id) };
}
