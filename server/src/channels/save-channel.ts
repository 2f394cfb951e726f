import type { ChannelId, ImapDoor, MailAccount, MailboxId, SmtpDoor } from '@madoguchi/contract';
import { type Actor, isMailboxOn, mayIn, requireIn } from '../accounts/index.ts';
import { appendEvent, type Secrets, type Tx } from '../platform/index.ts';
import type { StoredDoor, StoredImapDoor } from './channel.ts';
import { sealSecret } from './email/door-secret.ts';
import { channelNotFound, mailboxUnknown, notAnAccount, nothingToConnect, secretMissing } from './errors.ts';
import { mayReuseSecret, secretGiven } from './secret-given.ts';
import {
  type AccountFacts,
  type ChannelRow,
  callForCheck,
  insertAccount,
  lockChannel,
  updateAccount,
} from './store.ts';

interface NewChannel {
  mailboxId: MailboxId;
  account: MailAccount;
}

/**
 * Adds a mail account to a shared mailbox; the mail loop begins to read it within seconds.
 *
 * @throws mailboxUnknown, nothingToConnect, secretMissing
 */
export async function addChannel(
  tx: Tx,
  actor: Actor,
  { mailboxId, account }: NewChannel,
  secrets: Secrets,
): Promise<ChannelId> {
  requireIn(actor, 'channel.manage', mailboxId);
  if (!(await isMailboxOn(tx, actor.workspaceId, mailboxId))) throw mailboxUnknown({});
  const id = await insertAccount(tx, actor.workspaceId, mailboxId, accountFacts(account, null, secrets));
  await appendEvent(tx, actor, { kind: 'channel_saved', mailboxId, facts: { channelId: id } });
  return id;
}

interface ChannelChange {
  channelId: ChannelId;
  account: MailAccount;
  off: boolean;
}

/**
 * Changes a mail account, or switches it off and on. A secret that is not given stays as it is, for
 * the same host and user over a line no weaker.
 *
 * @throws channelNotFound, notAnAccount, nothingToConnect, secretMissing
 */
export async function saveChannel(
  tx: Tx,
  actor: Actor,
  { channelId, account, off }: ChannelChange,
  secrets: Secrets,
): Promise<void> {
  const before = await lockOwnChannel(tx, actor, channelId);
  if (before.kind !== 'mail_account') throw notAnAccount({});
  await updateAccount(tx, before, {
    ...accountFacts(account, before, secrets),
    isOff: off,
    isOtherAccount: isOtherAccount(before.imap, account.imap),
  });
  await appendEvent(tx, actor, {
    kind: 'channel_saved',
    mailboxId: before.mailboxId,
    facts: { channelId, off },
  });
}

/** Looks for new letters now. */
export async function pollChannel(tx: Tx, actor: Actor, channelId: ChannelId): Promise<void> {
  await lockOwnChannel(tx, actor, channelId);
  await callForCheck(tx, actor.workspaceId, channelId);
}

/** A door that this actor may change. */
export async function lockOwnChannel(tx: Tx, actor: Actor, channelId: ChannelId): Promise<ChannelRow> {
  const channel = await lockChannel(tx, actor.workspaceId, channelId);
  if (channel === null || !mayIn(actor, 'channel.manage', channel.mailboxId)) throw channelNotFound({});
  return channel;
}

function accountFacts(
  { imap, smtp }: MailAccount,
  before: ChannelRow | null,
  secrets: Secrets,
): AccountFacts {
  if (imap === null && smtp === null) throw nothingToConnect({});
  const kept = {
    imap: before && mayReuseSecret(before.imap, imap) ? before.imapSecret : null,
    smtp: before && mayReuseSecret(before.smtp, smtp) ? before.smtpSecret : null,
  };
  const imapSecret = imap && (sealed(imap, secrets) ?? kept.imap);
  const smtpSecret = smtp && smtp.user !== '' ? (sealed(smtp, secrets) ?? kept.smtp) : null;
  if (imap !== null && imapSecret === null) throw secretMissing({ door: 'imap' });
  if (smtp !== null && smtp.user !== '' && smtpSecret === null) throw secretMissing({ door: 'smtp' });
  return {
    imap: imap && { ...storedDoor(imap), folders: imap.folders },
    imapSecret,
    smtp: smtp && storedDoor(smtp),
    smtpSecret,
  };
}

function sealed(door: ImapDoor | SmtpDoor, secrets: Secrets): string | null {
  const secret = secretGiven(door);
  return secret && sealSecret(secrets, secret);
}

/** Only what is meant to be stored: a secret must not slip into the open part of the row. */
function storedDoor({ host, port, security, verifyCertificate, user }: StoredDoor): StoredDoor {
  return { host, port, security, verifyCertificate, user };
}

function isOtherAccount(before: StoredImapDoor | null, after: ImapDoor | null): boolean {
  if (before === null || after === null) return false;
  return before.host !== after.host || before.user !== after.user;
}
