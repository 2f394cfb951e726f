import type { Me, Permission } from '@madoguchi/contract';
import type { ParseKeys } from 'i18next';
import type { ComponentType, ReactNode } from 'react';
import { CompanySection } from './company-section.tsx';
import { DisplaySection } from './display-section.tsx';
import { LabelsSection } from './labels/labels-section.tsx';
import { PeopleSection } from './people/people-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import { RolesSection } from './roles/roles-section.tsx';
import { MySecuritySection } from './security/my-security-section.tsx';
import { SecuritySection } from './security/security-section.tsx';
import { SignInsSection } from './security/sign-ins-section.tsx';
import { StatusesSection } from './statuses/statuses-section.tsx';
import { TeamsSection } from './teams/teams-section.tsx';

export interface Section {
  /** Its place in the address: /settings/:key. */
  key: string;
  group: 'personal' | 'workspace';
  title: ParseKeys;
  /** Absent from the navigation, the search and the address for who may not. */
  may: (me: Me) => boolean;
  Page: ComponentType<{ keyTable: ReactNode }>;
}

const everybody = () => true;
const anyOf =
  (...wanted: Permission[]) =>
  (me: Me) =>
    wanted.some((permission) => me.permissions.includes(permission));

/** What is one's own alone is not shown to who looks as somebody else. */
const himself = (me: Me) => me.preview === null;
const seesSignIns = anyOf('people.see_sign_ins');

const people = anyOf(
  'people.add',
  'people.edit',
  'people.reset',
  'people.suspend',
  'people.retire',
  'people.end_sign_ins',
  'people.preview',
);
/** Who gives roles reads what they allow; who manages them changes it. */
export const seesRoles = anyOf('role.manage', 'people.add', 'people.edit');

/** Every page of the settings in the order of the navigation; those of single mailboxes and roles go by id. */
export const sections: readonly Section[] = [
  { key: 'profile', group: 'personal', title: 'settings.profile', may: everybody, Page: ProfileSection },
  { key: 'display', group: 'personal', title: 'settings.display', may: everybody, Page: DisplaySection },
  {
    ...{ key: 'security-mine', group: 'personal', title: 'safety.mine' },
    ...{ may: himself, Page: MySecuritySection },
  },
  {
    ...{ key: 'sign-ins', group: 'personal', title: 'signIns.title' },
    ...{ may: (me) => himself(me) && !seesSignIns(me), Page: SignInsSection },
  },
  { key: 'people', group: 'workspace', title: 'settings.people', may: people, Page: PeopleSection },
  { key: 'roles', group: 'workspace', title: 'role.title', may: seesRoles, Page: RolesSection },
  { key: 'teams', group: 'workspace', title: 'team.title', may: anyOf('team.manage'), Page: TeamsSection },
  {
    key: 'labels',
    group: 'workspace',
    title: 'label.title',
    may: anyOf('label.manage'),
    Page: LabelsSection,
  },
  {
    ...{ key: 'sign-ins', group: 'workspace', title: 'signIns.title' },
    ...{ may: seesSignIns, Page: SignInsSection },
  },
  {
    ...{ key: 'security', group: 'workspace', title: 'guard.title' },
    ...{ may: anyOf('security.manage'), Page: SecuritySection },
  },
  {
    ...{ key: 'company', group: 'workspace', title: 'company.title' },
    ...{ may: anyOf('workspace.rename'), Page: CompanySection },
  },
  {
    ...{ key: 'statuses', group: 'workspace', title: 'standing.statuses' },
    ...{ may: anyOf('status.manage'), Page: StatusesSection },
  },
];

/** Whether this person sets up that mailbox: by his role all of them, by his level there this one. */
export const managesMailbox = (me: Me, mailboxId: Me['mailboxIds'][number]): boolean =>
  me.permissions.includes('mailbox.edit') ||
  me.permissions.includes('mailbox.share') ||
  me.permissions.includes('channel.manage') ||
  me.managedMailboxIds.includes(mailboxId);
