import type { MailboxId, Member, RoleId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { type Actor, houseActor, mailboxesFor, requirePermission } from '../actor.ts';
import { emailNotAnAddress, emailTaken, mailboxNotFound } from '../errors.ts';
import { cleanAddress, isSignInAddress } from './address.ts';
import { publicMember } from './member.ts';
import { type FreshLink, makeMemberLink } from './member-link.ts';
import { requireMayHandle } from './save-member.ts';
import { countMailboxes, findMember, findMembers, insertMailboxesOf, insertMember } from './store.ts';

const TINTS = 8;

interface NewMember {
  name: string;
  email: string;
  roleId: RoleId;
  mailboxIds: readonly MailboxId[];
}

/**
 * Adds a person, who can sign in once he has set a password by the link.
 * @throws emailTaken also when the person has left: he is switched on again instead
 */
export async function addMember(
  tx: Tx,
  actor: Actor,
  facts: NewMember & { baseUrl: string },
): Promise<{ member: Member; link: FreshLink }> {
  requirePermission(actor, 'people.add');
  const member = await makeMember(tx, actor, facts);
  const link = await makeMemberLink(tx, houseActor(actor.workspaceId), {
    memberId: member.id,
    baseUrl: facts.baseUrl,
  });
  return { member, link };
}

/** The member's row, mailboxes and event; without a link, for the set-up. */
export async function makeMember(tx: Tx, actor: Actor, facts: NewMember): Promise<Member> {
  const email = cleanAddress(facts.email);
  if (!isSignInAddress(email)) throw emailNotAnAddress({ email: facts.email });
  const mailboxIds = [...new Set(facts.mailboxIds)];
  await requireGivable(tx, actor, facts.roleId, mailboxIds);
  const tint = ((await findMembers(tx, actor.workspaceId)).length % TINTS) + 1;
  const memberId = await insertMember(tx, actor.workspaceId, { ...facts, email, state: 'invited', tint });
  if (memberId === null) throw emailTaken({ email });
  await insertMailboxesOf(tx, actor.workspaceId, memberId, mailboxIds);
  await appendEvent(tx, actor, { kind: 'member_added', facts: { memberId, mailboxIds } });
  const member = await findMember(tx, actor.workspaceId, { memberId });
  if (member === null) throw new Error('the member that was just written is not there');
  return publicMember(member);
}

/** The role and the mailboxes are there, and are the actor's to give. */
async function requireGivable(
  tx: Tx,
  actor: Actor,
  roleId: RoleId,
  mailboxIds: readonly MailboxId[],
): Promise<void> {
  const { workspaceId } = actor;
  await requireMayHandle(tx, actor, roleId);
  if ((await countMailboxes(tx, workspaceId, mailboxIds)) < mailboxIds.length) throw mailboxNotFound({});
  const givable = mailboxesFor(actor, 'mailbox.share');
  if (givable !== 'all' && !mailboxIds.every((id) => givable.includes(id))) throw mailboxNotFound({});
}
