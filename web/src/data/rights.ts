import type { Mailbox, MailboxId, Me, Permission } from '@madoguchi/contract';
import { useMailboxes, useMe } from './queries.ts';

/** False for who only reads in this mailbox, and for who has no level there at all. */
export function worksIn(me: Pick<Me, 'member' | 'teamIds'>, { access }: Pick<Mailbox, 'access'>): boolean {
  const levels = [
    ...access.members.filter((each) => each.memberId === me.member.id),
    ...access.teams.filter((each) => me.teamIds.includes(each.teamId)),
  ].map((each) => each.level);
  return levels.some((level) => level !== 'read');
}

/**
 * Whether one's role and one's level in a mailbox allow an act there, for what is offered before the server
 * has been asked about the one conversation. While one looks at the page as somebody else, nothing is.
 */
export function useMayIn(): (permission: Permission, mailboxId: MailboxId) => boolean {
  const me = useMe();
  const mailboxes = useMailboxes();
  return (permission, mailboxId) => {
    const mailbox = mailboxes.find((each) => each.id === mailboxId);
    if (me.preview !== null || !me.permissions.includes(permission)) return false;
    return mailbox === undefined || worksIn(me, mailbox);
  };
}
