import type { MemberId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { type Actor, requirePermission } from '../actor.ts';
import { linkEnded, memberNotFound, memberOff } from '../errors.ts';
import { keepPassword } from '../sign-in/keep-password.ts';
import { makeSecretWord, readSecretWord, type SecretWord } from '../sign-in/secret-word.ts';
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

const LINK_DAYS = 7;
const NO_PREFIX = '';

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
 * @throws memberNotFound, memberOff
 */
export async function makeMemberLink(tx: Tx, actor: Actor, facts: LinkWanted): Promise<FreshLink> {
  requirePermission(actor, 'people.manage');
  const member = await lockMember(tx, actor.workspaceId, facts.memberId);
  if (member === null) throw memberNotFound({});
  if (member.state === 'off') throw memberOff({});
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
  if (member === null || member.state === 'off') throw linkEnded({});
  const workspace = await findWorkspace(tx, word.workspaceId);
  return { company: workspace.name, name: member.name, email: member.email, expiresAt: link.expiresAt };
}

/**
 * Sets the password of whom the link is for. It signs nobody in: whoever found the link in a browser's
 * history later gets nothing. Sessions that he had end.
 *
 * @returns the address to sign in with
 * @throws linkEnded, emailElsewhere
 */
export async function useMemberLink(
  tx: Tx,
  { token, password }: { token: string; password: string },
): Promise<{ email: string }> {
  const word = wordOf(token);
  const memberId = await takeLink(tx, word);
  const member = memberId === null ? null : await lockMember(tx, word.workspaceId, memberId);
  if (member === null || member.state === 'off') throw linkEnded({});
  await setMemberPassword(tx, word, { memberId: member.id, password });
  return { email: member.email };
}

/**
 * Gives a member a password and makes him active. The rights to do so are the caller's to check: a link, a
 * set-up code, a command on the server.
 *
 * @throws memberNotFound, emailElsewhere
 */
export async function setMemberPassword(
  tx: Tx,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  { memberId, password }: { memberId: MemberId; password: string },
): Promise<void> {
  const member = await lockMember(tx, workspaceId, memberId);
  if (member === null) throw memberNotFound({});
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
