/**
 * Reading of mail accounts: who reads which, how far, and how it goes. Writes channel and channel_folder;
 * reads mailbox and mailbox_address.
 */
import type { ChannelId, MailboxId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/index.ts';
import type { ChannelState, StoredImapDoor } from '../channel.ts';

/** Whose an address is. */
export interface Recipient {
  address: string;
  workspaceId: WorkspaceId;
  mailboxId: MailboxId;
}

/** Whose these addresses (lower case) are; the SMTP door and import ask before they know any workspace. */
export async function findRecipients(tx: Tx, addresses: readonly string[]): Promise<Recipient[]> {
  const rows = await tx
    .selectFrom('mailbox_address as a')
    .innerJoin('mailbox as m', (join) =>
      join.onRef('m.workspace_id', '=', 'a.workspace_id').onRef('m.id', '=', 'a.mailbox_id'),
    )
    .select(['a.address', 'a.workspace_id', 'a.mailbox_id'])
    .where('a.address', 'in', [...addresses])
    .where('m.off_at', 'is', null)
    .execute();
  return rows.map((row) => ({
    address: row.address,
    workspaceId: row.workspace_id,
    mailboxId: row.mailbox_id,
  }));
}

/** An account that this process reads, as its row says now. */
export interface ClaimedAccount {
  workspaceId: WorkspaceId;
  channelId: ChannelId;
  mailboxId: MailboxId;
  accountNo: number;
  imap: StoredImapDoor;
  /** Sealed. */
  secret: string | null;
  failures: number;
  state: ChannelState;
  isDue: boolean;
}

/**
 * House loop, over all workspaces: takes or keeps the reading of every account that nobody else reads, and
 * tells what is to be read by `reader` now. The lease is renewed when half of it is over.
 */
export async function claimAccounts(tx: Tx, reader: string, leaseMs: number): Promise<ClaimedAccount[]> {
  const until = sql<Date>`now() + ${leaseMs} * interval '1 millisecond'`;
  const halfway = sql<Date>`now() + ${leaseMs / 2} * interval '1 millisecond'`;
  await tx
    .updateTable('channel')
    .set({
      reader,
      reader_until: until,
      // A healthy account is looked at as soon as its reader changes: after a restart nothing waits a minute.
      next_check_at: sql<Date>`case when reader is distinct from ${reader} and failures = 0
        then now() else next_check_at end`,
    })
    .where('kind', '=', 'mail_account')
    .where('imap', 'is not', null)
    .where('off_at', 'is', null)
    .where((is) =>
      is.or([
        is('reader_until', 'is', null),
        is('reader_until', '<', sql<Date>`now()`),
        is.and([is('reader', '=', reader), is('reader_until', '<', halfway)]),
      ]),
    )
    .execute();
  const rows = await tx
    .selectFrom('channel')
    .select(['workspace_id', 'id', 'mailbox_id', 'account_no', 'imap', 'imap_secret', 'failures', 'state'])
    .select(sql<boolean>`next_check_at <= now()`.as('is_due'))
    .where('kind', '=', 'mail_account')
    .where('imap', 'is not', null)
    .where('off_at', 'is', null)
    .where('reader', '=', reader)
    .where('reader_until', '>', sql<Date>`now()`)
    .orderBy('next_check_at')
    .execute();
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    channelId: row.id,
    mailboxId: row.mailbox_id,
    accountNo: row.account_no,
    imap: row.imap as unknown as StoredImapDoor, // Written by channels/store.ts alone.
    secret: row.imap_secret,
    failures: row.failures,
    state: row.state as ChannelState,
    isDue: row.is_due,
  }));
}

/** Lets others read what this process read, at its end. */
export async function releaseAccounts(tx: Tx, reader: string): Promise<void> {
  await tx
    .updateTable('channel')
    .set({ reader: null, reader_until: null })
    .where('reader', '=', reader)
    .execute();
}

type AccountKey = Pick<ClaimedAccount, 'workspaceId' | 'channelId'>;

/** A pass that went well; the next one is due in `nextMs`. Answers the state before. */
export async function noteGoodCheck(tx: Tx, account: AccountKey, nextMs: number): Promise<ChannelState> {
  const before = await lockState(tx, account);
  await tx
    .updateTable('channel')
    .set({
      state: 'connected',
      problem: null,
      not_receiving_since: null,
      failures: 0,
      last_checked_at: sql<Date>`now()`,
      next_check_at: sql<Date>`now() + ${nextMs} * interval '1 millisecond'`,
    })
    .where('workspace_id', '=', account.workspaceId)
    .where('id', '=', account.channelId)
    .where('off_at', 'is', null)
    .execute();
  return before;
}

interface BadCheck {
  problem: string;
  state: 'connecting' | 'failed';
  nextMs: number;
}

/** A pass that failed. Answers the state before. */
export async function noteBadCheck(tx: Tx, account: AccountKey, bad: BadCheck): Promise<ChannelState> {
  const before = await lockState(tx, account);
  await tx
    .updateTable('channel')
    .set({
      state: bad.state,
      problem: bad.problem,
      not_receiving_since: sql<Date>`coalesce(not_receiving_since, now())`,
      failures: sql<number>`failures + 1`,
      last_checked_at: sql<Date>`now()`,
      next_check_at: sql<Date>`now() + ${bad.nextMs} * interval '1 millisecond'`,
    })
    .where('workspace_id', '=', account.workspaceId)
    .where('id', '=', account.channelId)
    .where('off_at', 'is', null)
    .execute();
  return before;
}

async function lockState(tx: Tx, account: AccountKey): Promise<ChannelState> {
  const row = await tx
    .selectFrom('channel')
    .select('state')
    .where('workspace_id', '=', account.workspaceId)
    .where('id', '=', account.channelId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return row.state as ChannelState; // The column's check allows these words only.
}

/** One folder of one account in one numbering of its UIDs. */
export interface FolderKey extends AccountKey {
  accountNo: number;
  folder: string;
  uidValidity: number;
}

/** The last UID that was read. An unknown numbering begins at 0, so that everything is read again. */
export async function openCursor(tx: Tx, key: FolderKey): Promise<number> {
  await tx
    .insertInto('channel_folder')
    .values({
      workspace_id: key.workspaceId,
      channel_id: key.channelId,
      account_no: key.accountNo,
      folder: key.folder,
      uid_validity: key.uidValidity,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await tx
    .selectFrom('channel_folder')
    .select('last_uid')
    .where('workspace_id', '=', key.workspaceId)
    .where('channel_id', '=', key.channelId)
    .where('account_no', '=', key.accountNo)
    .where('folder', '=', key.folder)
    .where('uid_validity', '=', key.uidValidity)
    .executeTakeFirstOrThrow();
  return row.last_uid;
}

interface Step {
  from: number;
  to: number;
  listed: number;
  gone: number;
}

/** Moves the cursor from where it was seen; false when another reader has moved it. */
export async function moveCursor(tx: Tx, key: FolderKey, step: Step): Promise<boolean> {
  const row = await tx
    .updateTable('channel_folder')
    .set({
      last_uid: step.to,
      listed: sql<number>`listed + ${step.listed}`,
      gone: sql<number>`gone + ${step.gone}`,
    })
    .where('workspace_id', '=', key.workspaceId)
    .where('channel_id', '=', key.channelId)
    .where('account_no', '=', key.accountNo)
    .where('folder', '=', key.folder)
    .where('uid_validity', '=', key.uidValidity)
    .where('last_uid', '=', step.from)
    .returning('last_uid')
    .executeTakeFirst();
  return row !== undefined;
}
