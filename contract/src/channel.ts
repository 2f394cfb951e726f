import { type Static, Type } from 'typebox';
import { ChannelId, MailboxId } from './ids.ts';
import { defineRoute, listOf, Moment, Nothing, orNull, words } from './wire.ts';

/** `tls` from the first byte, `starttls` required before sign-in, `none` only where a person chose it. */
export const Security = words(['tls', 'starttls', 'none'] as const);
export type Security = Static<typeof Security>;

const door = {
  host: Type.String({ minLength: 1, maxLength: 253 }),
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  security: Security,
  /** False takes a certificate that no authority signed (an own server inside the company). */
  verifyCertificate: Type.Boolean(),
  user: Type.String({ maxLength: 254 }),
};
const secret = {
  /** Absent keeps the secret that is stored. */
  password: Type.Optional(Type.String({ maxLength: 10_000 })),
  /** An OAuth2 access token instead of a password (XOAUTH2). */
  accessToken: Type.Optional(Type.String({ maxLength: 10_000 })),
};
const folders = Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { minItems: 1, maxItems: 100 });

export const ImapDoor = Type.Object({ ...door, ...secret, folders });
export type ImapDoor = Static<typeof ImapDoor>;
export const SmtpDoor = Type.Object({ ...door, ...secret });
export type SmtpDoor = Static<typeof SmtpDoor>;
export const MailAccount = Type.Object({ imap: orNull(ImapDoor), smtp: orNull(SmtpDoor) });
export type MailAccount = Static<typeof MailAccount>;

/** How many letters a door showed us, and what each became. `seen` equals the sum of the others, or it alarms. */
export const Ledger = Type.Object({
  seen: Type.Integer(),
  taken: Type.Integer(),
  duplicate: Type.Integer(),
  quarantined: Type.Integer(),
  ignored: Type.Integer(),
  waiting: Type.Integer(),
});
export type Ledger = Static<typeof Ledger>;

export const channelKinds = ['smtp_listener', 'mail_account', 'import'] as const;
export const ChannelState = words(['connected', 'connecting', 'failed', 'off'] as const);

export const Channel = Type.Object({
  id: ChannelId,
  mailboxId: MailboxId,
  kind: words(channelKinds),
  /** Doors without their secrets. */
  imap: orNull(Type.Object({ ...door, folders, hasSecret: Type.Boolean() })),
  smtp: orNull(Type.Object({ ...door, hasSecret: Type.Boolean() })),
  state: ChannelState,
  /** What is wrong, in the far side's words; null when nothing is. */
  problem: orNull(Type.String()),
  /** Since when nothing can be received; null while it works. */
  notReceivingSince: orNull(Moment),
  lastCheckedAt: orNull(Moment),
  ledger: Ledger,
});
export type Channel = Static<typeof Channel>;

/** What a trial of one door found. `code` has words in the page; `reply` is what the server said. */
export const DoorTrial = Type.Object({
  ok: Type.Boolean(),
  code: words([
    'ok',
    'host_not_found',
    'refused_connection',
    'no_answer',
    'not_allowed_address',
    'certificate',
    'no_tls',
    'wrong_port',
    'sign_in_refused',
    'folder_missing',
    'other',
  ] as const),
  reply: Type.String(),
  folders: Type.Array(Type.String()),
});
export type DoorTrial = Static<typeof DoorTrial>;
export const AccountTrial = Type.Object({ imap: orNull(DoorTrial), smtp: orNull(DoorTrial) });
export type AccountTrial = Static<typeof AccountTrial>;

const ChannelParams = Type.Object({ channelId: ChannelId });

export const listChannelsRoute = defineRoute({
  method: 'GET',
  path: '/channels',
  summary: 'Doors to the world with their state and ledger',
  answer: listOf(Channel),
});
export const addChannelRoute = defineRoute({
  method: 'POST',
  path: '/channels',
  summary: 'Add a mail account to a shared mailbox',
  body: Type.Object({ mailboxId: MailboxId, account: MailAccount }),
  answer: Channel,
});
export const saveChannelRoute = defineRoute({
  method: 'PUT',
  path: '/channels/:channelId',
  summary: 'Change a mail account, or switch it off and on',
  params: ChannelParams,
  body: Type.Object({ account: MailAccount, off: Type.Boolean() }),
  answer: Channel,
});
export const tryAccountRoute = defineRoute({
  method: 'POST',
  path: '/channels/try',
  summary: 'Try a mail account without keeping it; channelId lends its stored secrets',
  body: Type.Object({ account: MailAccount, channelId: Type.Optional(ChannelId) }),
  answer: AccountTrial,
});
export const pollChannelRoute = defineRoute({
  method: 'POST',
  path: '/channels/:channelId/poll',
  summary: 'Look for new letters now',
  params: ChannelParams,
  answer: Nothing,
});
