import { type MailboxId, type MailboxLevel, mailboxLevels } from '@madoguchi/contract';
import type { MemberActor } from '../actor.ts';

/**
 * Who looks at the page as somebody else: he is that person, with the rights that both have, in the mailboxes
 * that both work in; `visible` shows what both may see.
 *
 * @param asker who really sits there
 * @param target null when that person is gone: then nobody is looked at
 * @returns null as well when the asker may not look as others any more
 */
export function previewAs(asker: MemberActor, target: MemberActor | null): MemberActor | null {
  if (target === null || !asker.permissions.has('people.preview')) return null;
  return {
    ...target,
    permissions: new Set([...target.permissions].filter((each) => asker.permissions.has(each))),
    mailboxes: sharedMailboxes(asker.mailboxes, target.mailboxes),
    sessionOrTokenId: asker.sessionOrTokenId,
    previewedBy: asker,
  };
}

type Levels = ReadonlyMap<MailboxId, MailboxLevel>;

/** The lower of both levels: to manage a mailbox may lie in the level alone, and is not lent. */
function sharedMailboxes(one: Levels, other: Levels): Levels {
  return new Map(
    [...other].flatMap(([mailboxId, level]) => {
      const own = one.get(mailboxId);
      return own === undefined ? [] : [[mailboxId, lower(own, level)] as const];
    }),
  );
}

const lower = (a: MailboxLevel, b: MailboxLevel): MailboxLevel =>
  mailboxLevels.indexOf(a) < mailboxLevels.indexOf(b) ? a : b;
