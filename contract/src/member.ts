import { type Static, Type } from 'typebox';
import { MailboxId, MemberId, RoleId, TeamId, WorkspaceId } from './ids.ts';
import { Permission, Scope } from './permission.ts';
import { defineRoute, listOf, Moment, orNull, words } from './wire.ts';

/** `suspended`: 休職, comes back. `left`: 退職; his row and his history stay. */
export const memberStates = ['invited', 'active', 'suspended', 'left'] as const;
export const MemberState = words(memberStates);
export type MemberState = Static<typeof MemberState>;

/** Facts about a person that later rules use: what he knows, which languages he answers in. */
const personFacts = {
  skills: Type.Array(Type.String({ minLength: 1, maxLength: 50 }), { maxItems: 50 }),
  languages: Type.Array(Type.String({ minLength: 1, maxLength: 50 }), { maxItems: 50 }),
};

export const Member = Type.Object({
  id: MemberId,
  name: Type.String(),
  /** Empty for who may not see colleagues' addresses. */
  email: Type.String(),
  roleId: RoleId,
  state: MemberState,
  /** 1 to 8: the tint of his circle. */
  tint: Type.Integer(),
  ...personFacts,
});
export type Member = Static<typeof Member>;

const Workspace = Type.Object({ id: WorkspaceId, name: Type.String(), demo: Type.Boolean() });

const Language = Type.Union([words(['ja', 'en'] as const), Type.Null()]);
/** An IANA name such as Asia/Tokyo; null: the browser's. */
const TimeZone = orNull(Type.String({ minLength: 1, maxLength: 64 }));

/** Who asks, and what he may do: the first call of the page. */
export const Me = Type.Object({
  member: Member,
  workspace: Workspace,
  /** All workspaces that this person may enter, this one among them. */
  workspaces: Type.Array(Workspace),
  permissions: Type.Array(Permission),
  scope: Scope,
  mailboxIds: Type.Array(MailboxId),
  /** Those that he manages by his level there. */
  managedMailboxIds: Type.Array(MailboxId),
  teamIds: Type.Array(TeamId),
  signature: Type.String(),
  language: Language,
  timeZone: TimeZone,
  /** `needed`: his role asks for one and he has none yet; until then only this route and those of sign-in answer. */
  secondFactor: words(['none', 'on', 'needed'] as const),
  /** Sign-ins from somewhere new that he has not looked at yet. */
  unusualSignIns: Type.Integer(),
  /** Whom the asker looks at the page as; nothing can be changed meanwhile. */
  preview: orNull(Type.Object({ memberId: MemberId, name: Type.String() })),
});
export type Me = Static<typeof Me>;
/** In which a person reads the page. */
export type Language = NonNullable<Me['language']>;

const MemberParams = Type.Object({ memberId: MemberId });
const PersonName = Type.String({ minLength: 1, maxLength: 100 });
const Email = Type.String({ minLength: 3, maxLength: 254 });
export const Password = Type.String({ minLength: 10, maxLength: 128 });

/** A link that its reader opens once to set a password; shown once, to be copied. */
export const MemberLink = Type.Object({ url: Type.String(), expiresAt: Moment });
export type MemberLink = Static<typeof MemberLink>;

export const getMeRoute = defineRoute({
  method: 'GET',
  path: '/me',
  summary: 'Who asks',
  answer: Me,
  beforeSecondFactor: true,
});
export const saveMeRoute = defineRoute({
  method: 'PUT',
  path: '/me',
  summary: 'Change one’s own name, signature, language and time zone',
  body: Type.Object({
    name: PersonName,
    signature: Type.String({ maxLength: 10_000 }),
    language: Language,
    timeZone: TimeZone,
  }),
  answer: Me,
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
  summary: 'Invite a person: a link to give to him, and the same by mail if asked for',
  body: Type.Object({
    name: PersonName,
    email: Email,
    roleId: RoleId,
    mailboxIds: Type.Array(MailboxId, { maxItems: 500 }),
    /** Also sends the link to his address, when the house can send. */
    byMail: Type.Optional(Type.Boolean()),
  }),
  answer: Type.Object({ member: Member, link: MemberLink, mailed: Type.Boolean() }),
  needs: 'people.add',
});
export const saveMemberRoute = defineRoute({
  method: 'PUT',
  path: '/members/:memberId',
  summary: 'Change name, role and facts of a person',
  params: MemberParams,
  body: Type.Object({ name: PersonName, roleId: RoleId, ...personFacts }),
  answer: Member,
  needs: 'people.edit',
});
export const makeMemberLinkRoute = defineRoute({
  method: 'POST',
  path: '/members/:memberId/link',
  summary: 'A new link to set a password; earlier links of this person end',
  params: MemberParams,
  body: Type.Object({ byMail: Type.Optional(Type.Boolean()) }),
  answer: Type.Object({ ...MemberLink.properties, mailed: Type.Boolean() }),
  needs: 'people.reset',
});

/** What moves when a person goes. */
export const Leaving = Type.Object({
  /** Conversations assigned to him that are not done. */
  conversations: Type.Integer(),
  /** Answers that he holds now. */
  holds: Type.Integer(),
  /** Words of his that were not sent. */
  drafts: Type.Integer(),
  sessions: Type.Integer(),
  tokens: Type.Integer(),
  mailboxIds: Type.Array(MailboxId),
  /** People who could take over: those who work in at least one of his mailboxes. */
  successorIds: Type.Array(MemberId),
});
export type Leaving = Static<typeof Leaving>;
export const readLeavingRoute = defineRoute({
  method: 'GET',
  path: '/members/:memberId/leaving',
  summary: 'What would move if this person left',
  params: MemberParams,
  answer: Leaving,
});
const Leave = Type.Object({
  /** Takes over what was his, as far as he may see it; null: back to the queue. */
  successorId: orNull(MemberId),
});
export const retireMemberRoute = defineRoute({
  method: 'POST',
  path: '/members/:memberId/retire',
  summary: '退職: ends sessions, tokens and links at once and hands on what was his',
  params: MemberParams,
  body: Leave,
  answer: Member,
  needs: 'people.retire',
});
export const suspendMemberRoute = defineRoute({
  method: 'POST',
  path: '/members/:memberId/suspend',
  summary: '休職: the same for a person who will come back; his mailboxes and teams stay his',
  params: MemberParams,
  body: Leave,
  answer: Member,
  needs: 'people.suspend',
});
export const returnMemberRoute = defineRoute({
  method: 'POST',
  path: '/members/:memberId/return',
  summary: 'Back again: he may sign in as before',
  params: MemberParams,
  answer: Member,
  needs: 'people.suspend',
});

export const startPreviewRoute = defineRoute({
  method: 'POST',
  path: '/preview',
  summary:
    'See the page as this person would, as far as one may see it oneself; nothing can be changed meanwhile',
  body: Type.Object({ memberId: MemberId }),
  needs: 'people.preview',
});
export const endPreviewRoute = defineRoute({
  method: 'DELETE',
  path: '/preview',
  summary: 'Back to oneself',
  /** False: nobody was looked at as, and nothing was changed. */
  answer: Type.Object({ ended: Type.Boolean() }),
  inPreview: true,
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
    /** This address signs in to another workspace already: its password joins this one, none is set. */
    joins: Type.Boolean(),
  }),
  open: true,
});
export const useMemberLinkRoute = defineRoute({
  method: 'POST',
  path: '/member-links/:token',
  summary: 'Set the password (or give the one that this address already has); the link ends',
  params: LinkParams,
  body: Type.Object({ password: Password }),
  answer: Type.Object({ email: Type.String() }),
  open: true,
});
