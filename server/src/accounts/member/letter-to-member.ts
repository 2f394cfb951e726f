import type { Member, MemberId, WorkspaceId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import type { Actor } from '../actor.ts';
import { makeSecretWord } from '../sign-in/secret-word.ts';
import { isAway } from './member.ts';
import { LINK_DAYS, NO_PREFIX } from './member-link.ts';
import { findMember, findWorkspace, insertLink } from './store.ts';

export type LinkPurpose = 'invitation' | 'reset';

/** Asks for a letter with a link of its own to this person; whoever writes letters reads the event. */
export async function wantInvitation(
  tx: Tx,
  actor: Actor,
  facts: { memberId: MemberId; purpose: LinkPurpose },
): Promise<void> {
  await appendEvent(tx, actor, { kind: 'invitation_wanted', facts });
}

/** To whom the house writes. */
export interface Addressee extends Pick<Member, 'id' | 'name' | 'email'> {
  company: string;
  /** An IANA name; null when he has not chosen one. */
  timeZone: string | null;
  /** He has not set a password yet. */
  isInvited: boolean;
}

/** Null for who is away: nobody writes to him on the house's behalf. */
export async function findAddressee(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberId: MemberId,
): Promise<Addressee | null> {
  const member = await findMember(tx, workspaceId, { memberId });
  if (member === null || isAway(member.state)) return null;
  const { id, name, email, timeZone, state } = member;
  const { name: company } = await findWorkspace(tx, workspaceId);
  return { id, name, email, company, timeZone, isInvited: state === 'invited' };
}

/**
 * A link for a letter that leaves now. The links that stand go on: the one that an administrator has copied
 * works too, and whichever is used first ends all.
 */
export async function makeLinkForLetter(
  tx: Tx,
  workspaceId: WorkspaceId,
  { memberId, baseUrl }: { memberId: MemberId; baseUrl: string },
): Promise<{ url: string; expiresAt: Date }> {
  const word = makeSecretWord(NO_PREFIX, workspaceId);
  const expiresAt = await insertLink(tx, memberId, word, LINK_DAYS);
  return { url: `${baseUrl}/link/${word.word}`, expiresAt };
}
