import { type Static, Type } from 'typebox';
import { MailboxId, MemberId, RoleId, WorkspaceId } from './ids.ts';
import { defineRoute, listOf, Moment, words } from './wire.ts';

export const memberStates = ['invited', 'active', 'off'] as const;
export const MemberState = words(memberStates);
export type MemberState = Static<typeof MemberState>;

/** What a role may allow. A later issue adds to this list; a name is never used again for another right. */
export const permissions = [
  'conversation.see',
  'conversation.answer',
  'conversation.assign',
  'conversation.delete',
  'people.manage',
  'settings.manage',
] as const;
export const Permission = words(permissions);
export type Permission = Static<typeof Permission>;

export const Role = Type.Object({ id: RoleId, key: Type.String(), permissions: Type.Array(Permission) });
export type Role = Static<typeof Role>;

export const Member = Type.Object({
  id: MemberId,
  name: Type.String(),
  email: Type.String(),
  roleId: RoleId,
  state: MemberState,
  /** 1 to 8: the tint of his circle. */
  tint: Type.Integer(),
});
export type Member = Static<typeof Member>;

/** Who asks, and what he may do: the first call of the page. */
export const Me = Type.Object({
  member: Member,
  workspace: Type.Object({ id: WorkspaceId, name: Type.String(), demo: Type.Boolean() }),
  permissions: Type.Array(Permission),
  mailboxIds: Type.Array(MailboxId),
  signature: Type.String(),
});
export type Me = Static<typeof Me>;

const MemberParams = Type.Object({ memberId: MemberId });
const PersonName = Type.String({ minLength: 1, maxLength: 100 });
const Email = Type.String({ minLength: 3, maxLength: 254 });
export const Password = Type.String({ minLength: 10, maxLength: 128 });

/** A link that its reader opens once to set a password; shown once, to be copied. */
export const MemberLink = Type.Object({ url: Type.String(), expiresAt: Moment });
export type MemberLink = Static<typeof MemberLink>;

export const getMeRoute = defineRoute({ method: 'GET', path: '/me', summary: 'Who asks', answer: Me });
export const saveMeRoute = defineRoute({
  method: 'PUT',
  path: '/me',
  summary: 'Change one’s own name and signature',
  body: Type.Object({ name: PersonName, signature: Type.String({ maxLength: 10_000 }) }),
  answer: Me,
});
export const listRolesRoute = defineRoute({
  method: 'GET',
  path: '/roles',
  summary: 'Roles of the workspace',
  answer: listOf(Role),
});
export const listMembersRoute = defineRoute({
  method: 'GET',
  path: '/members',
  summary: 'People of the workspace, also those who left',
  answer: listOf(Member),
});
export const addMemberRoute = defineRoute({
  method: 'POST',
  path: '/members',
  summary: 'Add a person; the answer holds a link to give to him',
  body: Type.Object({
    name: PersonName,
    email: Email,
    roleId: RoleId,
    mailboxIds: Type.Array(MailboxId, { maxItems: 500 }),
  }),
  answer: Type.Object({ member: Member, link: MemberLink }),
});
export const saveMemberRoute = defineRoute({
  method: 'PUT',
  path: '/members/:memberId',
  summary: 'Change name and role, switch off (ends sessions and tokens at once) or on again',
  params: MemberParams,
  body: Type.Object({ name: PersonName, roleId: RoleId, state: words(['active', 'off'] as const) }),
  answer: Member,
});
export const makeMemberLinkRoute = defineRoute({
  method: 'POST',
  path: '/members/:memberId/link',
  summary: 'A new link to set a password; earlier links of this person end',
  params: MemberParams,
  answer: MemberLink,
});

const LinkParams = Type.Object({ token: Type.String({ maxLength: 200 }) });
export const readMemberLinkRoute = defineRoute({
  method: 'GET',
  path: '/member-links/:token',
  summary: 'For whom a link is',
  params: LinkParams,
  answer: Type.Object({
    company: Type.String(),
    name: Type.String(),
    email: Type.String(),
    expiresAt: Moment,
  }),
  open: true,
});
export const useMemberLinkRoute = defineRoute({
  method: 'POST',
  path: '/member-links/:token',
  summary: 'Set the password; the link ends',
  params: LinkParams,
  body: Type.Object({ password: Password }),
  answer: Type.Object({ email: Type.String() }),
  open: true,
});
