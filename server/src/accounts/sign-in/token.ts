import type { MemberId } from '@madoguchi/contract';
import { appendEvent, type Reading, type Tx } from '../../platform/index.ts';
import { type Actor, type MemberActor, requirePermission } from '../actor.ts';
import { memberNotFound } from '../errors.ts';
import { actorWith, loadActor } from '../load-actor.ts';
import { requireMayGive } from '../role/may-give.ts';
import { type CameIn, findByToken } from './admit/store.ts';
import { makeSecretWord, readSecretWord } from './secret-word.ts';
import { readSignInId } from './sign-in-id.ts';
import { endTokens, insertToken, touchToken } from './store.ts';

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
  return (await giveToken(tx, actor, { memberId, name: name ?? '' })).word;
}

/** The token itself; whether it may be given is the caller's to check. It stays written down who made it. */
export async function giveToken(
  tx: Tx,
  actor: Actor,
  { memberId, name }: Required<NewToken>,
): Promise<{ id: string; createdAt: Date; word: string }> {
  const secret = makeSecretWord(PREFIX, actor.workspaceId);
  const token = await insertToken(tx, { memberId, name }, secret);
  await appendEvent(tx, actor, { kind: 'token_made', facts: { memberId, tokenId: token.id, name } });
  return { ...token, word: secret.word };
}

/**
 * Ends all tokens of a member; whether that may be is the caller's to check.
 * @returns how many there were
 */
export async function endTokensOf(tx: Tx, actor: Actor, memberId: MemberId): Promise<number> {
  const ended = await endTokens(tx, actor.workspaceId, memberId);
  for (const tokenId of ended)
    await appendEvent(tx, actor, { kind: 'token_ended', facts: { memberId, tokenId } });
  return ended.length;
}

/** Who came with a token, as he stands now; null when it is none of ours, has ended, or he is off. */
export async function findTokenOwner(tx: Reading, token: string): Promise<CameIn | null> {
  const word = readSecretWord(PREFIX, token);
  const [came = null] = word === null ? [] : await findByToken(tx, word);
  return came;
}

/** The last use of a token is written once a minute at most, so that reading stays cheap. */
export async function noteUse(tx: Tx, { workspaceId, sessionOrTokenId }: CameIn): Promise<void> {
  await touchToken(tx, workspaceId, readSignInId(sessionOrTokenId).id);
}

/** Whose token it is, as he may act now, from wherever he comes; null as above. */
export async function actorOfToken(tx: Tx, token: string): Promise<MemberActor | null> {
  const came = await findTokenOwner(tx, token);
  if (came === null) return null;
  if (came.isDue) await noteUse(tx, came);
  return { ...actorWith(came.workspaceId, came.rights), sessionOrTokenId: came.sessionOrTokenId };
}
