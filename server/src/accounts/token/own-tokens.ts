import { appendEvent, type Tx } from '../../platform/index.ts';
import { type MemberActor, requirePermission } from '../actor.ts';
import { notByToken, tokenNotFound } from '../errors.ts';
import { isByToken } from '../sign-in/sign-in-id.ts';
import { giveToken } from '../sign-in/token.ts';
import { endTokenRow, findTokens, type StoredToken } from './store.ts';

/** One's own API tokens that stand. */
export async function listOwnTokens(tx: Tx, actor: MemberActor): Promise<StoredToken[]> {
  requirePermission(actor, 'token.own');
  return findTokens(tx, actor.workspaceId, actor.memberId);
}

/**
 * A new API token of one's own; its word is shown this once. A token makes none: one that was stolen would
 * outlive its own end.
 *
 * @throws notByToken
 */
export async function addOwnToken(
  tx: Tx,
  actor: MemberActor,
  { name }: { name: string },
): Promise<StoredToken & { word: string }> {
  requirePermission(actor, 'token.own');
  if (isByToken(actor)) throw notByToken({});
  const given = { name: name.trim(), lastUsedAt: null };
  return { ...given, ...(await giveToken(tx, actor, { memberId: actor.memberId, name: given.name })) };
}

/**
 * Ends one of one's own API tokens: streams that it opened close.
 * @throws tokenNotFound
 */
export async function endOwnToken(
  tx: Tx,
  actor: MemberActor,
  { tokenId }: { tokenId: string },
): Promise<void> {
  const { workspaceId, memberId } = actor;
  if (!(await endTokenRow(tx, workspaceId, { memberId, tokenId }))) throw tokenNotFound({});
  await appendEvent(tx, actor, { kind: 'token_ended', facts: { memberId, tokenId } });
}
