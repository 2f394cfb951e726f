import type { MemberId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { type Actor, requirePermission } from '../actor.ts';
import { linkEnded, memberNotFound, memberOff } from '../errors.ts';
import { keepPassword, refuseElsewhere, requirePasswordOf } from '../sign-in/keep-password.ts';
import { requireFitPassword } from '../sign-in/password-policy.ts';
import { makeSecretWord, readSecretWord, type SecretWord } from '../sign-in/secret-word.ts';
import { findUser, saveLastWorkspace } from '../sign-in/store.ts';
import { isAway, type StoredMember } from './member.ts';
import { requireMayHandle } from './save-member.ts';
import {
  endLinks,
  findMember,
  findOpenLink,
  findWorkspace,
  insertLink,
  lockMember,
  takeLink,
  updateMember,
} from './store.ts';

export const LINK_DAYS = 7;
export const NO_PREFIX = '';

export interface FreshLink {
  /** Shown this once. */
  url: string;
  expiresAt: Date;
}

interface LinkWanted {
  memberId: MemberId;
  /** Public address of the house, without a slash at its end. */
  baseUrl: string;
}

/**
 * A new link to set a password, for 7 days; earlier ones of this person end.
 * @throws memberNotFound, memberOff, notMoreThanOwn
 * @throws emailElsewhere when this person signs in to another workspace too: his password is not ours to reset
 */
export async function makeMemberLink(tx: Tx, actor: Actor, facts: LinkWanted): Promise<FreshLink> {
  requirePermission(actor, 'people.reset');
  const member = await lockMember(tx, actor.workspaceId, facts.memberId);
  if (member === null) throw memberNotFound({});
  // Who sets somebody's password can be him.
  await requireMayHandle(tx, actor, member.roleId);
  if (isAway(member.state)) throw memberOff({});
  if (member.userId !== null) await refuseElsewhere(tx, actor, member);
  await endLinks(tx, actor.workspaceId, member.id);
  const word = makeSecretWord(NO_PREFIX, actor.workspaceId);
  const expiresAt = await insertLink(tx, member.id, word, LINK_DAYS);
  return { url: `${facts.baseUrl}/link/${word.word}`, expiresAt };
}

/**
 * For whom a link is; it stays open.
 * @throws linkEnded when it was used, is over, or never was
 */
export async function readMemberLink(tx: Tx, { token }: { token: string }) {
  const word = wordOf(token);
  const link = await findOpenLink(tx, word);
  if (link === null) throw linkEnded({});
  const member = await findMember(tx, word.workspaceId, link);
  if (member === null || isAway(member.state)) throw linkEnded({});
  const workspace = await findWorkspace(tx, word.workspaceId);
  const { name, email } = member;
  const joins = (await findUserToJoin(tx, member)) !== null;
  return { company: workspace.name, name, email, expiresAt: link.expiresAt, joins };
}

/**
 * Sets the password of whom the link is for; who signs in to another workspace already gives the one that he
 * has, and keeps it. It signs nobody in: whoever found the link in a browser's history later gets nothing.
 *
 * @returns the address to sign in with
 * @throws linkEnded, emailElsewhere
 * @throws passwordWrong when he should have given the one that he has
 * @throws passwordRefused, passwordTooCommon, passwordTooPersonal
 */
export async function useMemberLink(
  tx: Tx,
  { token, password }: { token: string; password: string },
): Promise<{ email: string }> {
  const word = wordOf(token);
  const memberId = await takeLink(tx, word);
  const member = memberId === null ? null : await lockMember(tx, word.workspaceId, memberId);
  if (member === null || isAway(member.state)) throw linkEnded({});
  const user = await findUserToJoin(tx, member);
  if (user === null) await setMemberPassword(tx, word, { memberId: member.id, password });
  else await joinMember(tx, word, { member, userId: user.id, password });
  return { email: member.email };
}

/** The sign-in user of his address, when it has one through another workspace and he has none here yet. */
const findUserToJoin = async (tx: Tx, { userId, email }: StoredMember) =>
  userId === null ? findUser(tx, { email }) : null;

async function joinMember(
  tx: Tx,
  { workspaceId }: SecretWord,
  { member, userId, password }: { member: StoredMember; userId: string; password: string },
): Promise<void> {
  await requirePasswordOf(tx, { userId, password });
  const memberId = member.id;
  await updateMember(tx, workspaceId, memberId, { userId, state: 'active' });
  await saveLastWorkspace(tx, userId, workspaceId);
  await appendEvent(
    tx,
    { workspaceId, memberId },
    { kind: 'member_changed', facts: { memberId, what: 'joined' } },
  );
}

/**
 * Gives a member a password and makes him active. The rights to do so are the caller's to check: a link, a
 * set-up code, a command on the server.
 *
 * @throws memberNotFound, emailElsewhere
 * @throws passwordRefused, passwordTooCommon, passwordTooPersonal
 */
export async function setMemberPassword(
  tx: Tx,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  { memberId, password }: { memberId: MemberId; password: string },
): Promise<void> {
  const member = await lockMember(tx, workspaceId, memberId);
  if (member === null) throw memberNotFound({});
  const { name, email } = member;
  const company = (await findWorkspace(tx, workspaceId)).name;
  requireFitPassword(password, { email, names: [name], companies: [company] });
  const userId = await keepPassword(tx, { workspaceId }, { ...member, password });
  await endLinks(tx, workspaceId, memberId);
  await updateMember(tx, workspaceId, memberId, {
    userId,
    ...(member.state === 'invited' && { state: 'active' }),
  });
  await appendEvent(
    tx,
    { workspaceId, memberId },
    { kind: 'member_changed', facts: { memberId, what: 'password' } },
  );
}

function wordOf(token: string): SecretWord {
  const word = readSecretWord(NO_PREFIX, token);
  if (word === null) throw linkEnded({});
  return word;
}
