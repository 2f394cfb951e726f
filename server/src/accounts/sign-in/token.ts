import type { MemberId, WorkspaceId } from '@madoguchi/contract';
import type { Tx } from '../../platform/index.ts';
import { type Actor, type MemberActor, requirePermission } from '../actor.ts';
import { memberNotFound } from '../errors.ts';
import { actorWith, loadActor } from '../load-actor.ts';
import { requireMayGive } from '../role/may-give.ts';
import { findRights, type Rights } from '../store.ts';
import { makeSecretWord, readSecretWord } from './secret-word.ts';
import { makeSignInId } from './sign-in-id.ts';
import { insertToken, useToken } from './store.ts';

const PREFIX = 'mdg_';

interface NewToken {
  memberId: MemberId;
  /** What it is for, in its owner's words. */
  name?: string;
}

/**
 * A new API token of a member, shown this once: oneself makes his own, an administrator anyone's.
 * @throws memberNotFound when there is no such active member
 * @throws notMoreThanOwn when its owner may or sees more than the actor
 */
export async function makeToken(tx: Tx, actor: Actor, { memberId, name }: NewToken): Promise<string> {
  const owner = await loadActor(tx, actor.workspaceId, memberId);
  if (actor.memberId !== memberId) {
    requirePermission(actor, 'people.edit');
    if (owner !== null) requireMayGive(actor, { ...owner, permissions: [...owner.permissions] });
  }
  if (owner === null) throw memberNotFound({});
  return (await giveToken(tx, { workspaceId: actor.workspaceId, memberId, name: name ?? '' })).word;
}

/** The token itself; whether it may be given is the caller's to check. */
export async function giveToken(
  tx: Tx,
  { workspaceId, memberId, name }: Required<NewToken> & { workspaceId: WorkspaceId },
): Promise<{ id: string; createdAt: Date; word: string }> {
  const secret = makeSecretWord(PREFIX, workspaceId);
  return { ...(await insertToken(tx, { memberId, name }, secret)), word: secret.word };
}

/** Who came with a token: his id and his rights as they are now; null when it is none of ours, has ended, or he is off. */
export async function findTokenOwner(
  tx: Tx,
  token: string,
): Promise<{ workspaceId: WorkspaceId; tokenId: string; rights: Rights } | null> {
  const word = readSecretWord(PREFIX, token);
  const found = word && (await useToken(tx, word));
  if (!found) return null;
  const rights = await findRights(tx, word.workspaceId, found);
  return rights === null ? null : { workspaceId: word.workspaceId, tokenId: found.id, rights };
}

/** Whose token it is, as he may act now, from wherever he comes; null as above. */
export async function actorOfToken(tx: Tx, token: string): Promise<MemberActor | null> {
  const found = await findTokenOwner(tx, token);
  if (found === null) return null;
  const { workspaceId, tokenId, rights } = found;
  return { ...actorWith(workspaceId, rights), sessionOrTokenId: makeSignInId('token', tokenId) };
}
