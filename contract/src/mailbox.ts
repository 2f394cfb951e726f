import { type Static, Type } from 'typebox';
import { MailboxId, MemberId, TeamId } from './ids.ts';
import { MailboxLevel } from './permission.ts';
import { MailboxTint, statusKinds } from './status.ts';
import { defineRoute, listOf, words } from './wire.ts';

/** What 対応 a sent answer leads to; `keep` leaves the status as it is. */
export const AfterSend = words([...statusKinds, 'keep'] as const);
export type AfterSend = Static<typeof AfterSend>;

const mailboxFacts = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  address: Type.String({ minLength: 3, maxLength: 254 }),
  aliases: Type.Array(Type.String({ minLength: 3, maxLength: 254 }), { maxItems: 50 }),
  /** The name that a customer sees beside the address. */
  senderName: Type.String({ maxLength: 100 }),
  tint: MailboxTint,
  signature: Type.String({ maxLength: 10_000 }),
  afterSend: AfterSend,
  /** How long a sent letter waits, so that it can be undone; 0 sends at once. */
  undoSeconds: Type.Integer({ minimum: 0, maximum: 60 }),
  /** Minutes of waiting at which the age steps 2 to 5 begin (screens.md 2.2). */
  ageLimits: Type.Array(Type.Integer({ minimum: 0, maximum: 525_600 }), { minItems: 4, maxItems: 4 }),
};
export const MailboxFacts = Type.Object(mailboxFacts);
export type MailboxFacts = Static<typeof MailboxFacts>;

/** Who works in a mailbox by himself or as one of a team; the higher of two levels counts. */
export const MailboxAccess = Type.Object({
  members: Type.Array(Type.Object({ memberId: MemberId, level: MailboxLevel }), { maxItems: 2000 }),
  teams: Type.Array(Type.Object({ teamId: TeamId, level: MailboxLevel }), { maxItems: 500 }),
});
export type MailboxAccess = Static<typeof MailboxAccess>;

export const Mailbox = Type.Object({
  id: MailboxId,
  ...mailboxFacts,
  /** All who can see into it, by themselves or by a team. */
  memberIds: Type.Array(MemberId),
  /** Those of them on whom a conversation here may lie: who may at least write a note to it. */
  assignableIds: Type.Array(MemberId),
  access: MailboxAccess,
  /** False while no mail account can take letters out: they wait in the outbox. */
  canSend: Type.Boolean(),
  off: Type.Boolean(),
});
export type Mailbox = Static<typeof Mailbox>;

const MailboxParams = Type.Object({ mailboxId: MailboxId });

export const listMailboxesRoute = defineRoute({
  method: 'GET',
  path: '/mailboxes',
  summary: 'Shared mailboxes: one’s own, or all for who manages settings',
  answer: listOf(Mailbox),
});
export const addMailboxRoute = defineRoute({
  method: 'POST',
  path: '/mailboxes',
  summary: 'Add a shared mailbox',
  needs: 'mailbox.add',
  body: Type.Object({
    name: mailboxFacts.name,
    address: mailboxFacts.address,
    memberIds: Type.Array(MemberId),
  }),
  answer: Mailbox,
});
export const saveMailboxRoute = defineRoute({
  method: 'PUT',
  path: '/mailboxes/:mailboxId',
  summary: 'Change a shared mailbox',
  params: MailboxParams,
  body: MailboxFacts,
  answer: Mailbox,
});
export const saveMailboxAccessRoute = defineRoute({
  method: 'PUT',
  path: '/mailboxes/:mailboxId/access',
  summary: 'Who works in a shared mailbox, and at which level',
  params: MailboxParams,
  body: MailboxAccess,
  answer: Mailbox,
});
