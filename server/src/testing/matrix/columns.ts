import type { MailboxLevel, Permission, Scope } from '@madoguchi/contract';
import { permissions } from '@madoguchi/contract';

/** How somebody comes: by a session in the browser, by an API token, or not at all. */
type Way = 'session' | 'token' | 'nothing';

export interface Column {
  /** Head of the column in the table. */
  key: string;
  /** What docs/permissions.md says of it. */
  words: string;
  way: Way;
  /** A built-in role's key, or the rights of an own role. */
  role: string | { permissions: readonly Permission[]; scope: Scope; secondFactor: boolean };
  /** His level in the mailbox that the table is about; null: he does not work there. */
  level: MailboxLevel | null;
  /** Where he belongs. */
  workspace: 'this' | 'another';
  /** The conversation lies on him. */
  assigned: boolean;
  /** He is in the team that the conversation is with. */
  inTeam: boolean;
  left: boolean;
  /** An administrator who looks at the page as the person of this column. */
  looksAs: string | null;
}

const person = (key: string, words: string, facts: Partial<Column> & Pick<Column, 'role'>): Column => ({
  key,
  words,
  way: 'session',
  level: 'work',
  workspace: 'this',
  assigned: false,
  inTeam: false,
  left: false,
  looksAs: null,
  ...facts,
});

const everything = (scope: Scope) => ({ permissions, scope, secondFactor: false });

/** Who asks, from nobody to the administrator; a minus says: without the mailbox. */
export const columns: readonly Column[] = [
  person('nobody', 'nobody has signed in', { role: 'member', way: 'nothing' }),
  person('other', 'administrator of another workspace, with real ids of this one', {
    role: 'administrator',
    workspace: 'another',
  }),
  person('gone', 'API token of a person who has left', { role: 'manager', way: 'token', left: true }),
  person('factor', 'has every right, but his role asks for a second factor and he has none', {
    role: { ...everything('mailboxes'), secondFactor: true },
  }),
  person('guest-', 'guest; the conversation is not his', { role: 'guest' }),
  person('guest', 'guest; the conversation is assigned to him', { role: 'guest', assigned: true }),
  person('own-', 'every right, sees only what is assigned to him; the conversation is not', {
    role: everything('assigned'),
  }),
  person('team-', 'every right, sees only his teams’ conversations; this one is another team’s', {
    role: everything('teams'),
  }),
  person('team', 'every right, sees only his teams’ conversations; this one is his team’s', {
    role: everything('teams'),
    inTeam: true,
  }),
  person('reader-', 'reader', { role: 'reader', level: null }),
  person('reader', 'reader', { role: 'reader' }),
  person('trainee', 'trainee', { role: 'trainee' }),
  person('member-', 'member', { role: 'member', level: null }),
  person('looks', 'member whose level in the mailbox is “read”', { role: 'member', level: 'read' }),
  person('member', 'member', { role: 'member' }),
  person('token', 'API token of a member', { role: 'member', way: 'token' }),
  person('runs', 'member whose level in the mailbox is “manage”', { role: 'member', level: 'manage' }),
  person('manager-', 'manager', { role: 'manager', level: null }),
  person('manager', 'manager', { role: 'manager' }),
  person('admin-', 'administrator', { role: 'administrator', level: null }),
  person('admin', 'administrator', { role: 'administrator' }),
  person('sees-mem', 'administrator who looks at the page as “member”', {
    role: 'administrator',
    looksAs: 'member',
  }),
  person('sees-tra', 'administrator who looks at the page as “trainee”', {
    role: 'administrator',
    looksAs: 'trainee',
  }),
];
