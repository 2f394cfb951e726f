/**
 * channel: the doors of a workspace and their ledger. Reads raw_message and channel_folder for counting.
 */
import type { ChannelId, channelKinds, Ledger, MailboxId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { type Json, newId, type Tx } from '../platform/index.ts';
import type { ChannelState, RawState, StoredDoor, StoredImapDoor } from './channel.ts';

export type ChannelKind = (typeof channelKinds)[number];

/** A door as it stands in its row, its secrets still sealed. */
export interface ChannelRow {
  workspaceId: WorkspaceId;
  id: ChannelId;
  mailboxId: MailboxId;
  kind: ChannelKind;
  imap: StoredImapDoor | null;
  imapSecret: string | null;
  smtp: StoredDoor | null;
  smtpSecret: string | null;
  state: ChannelState;
  problem: string | null;
  notReceivingSince: Date | null;
  lastCheckedAt: Date | null;
  isOff: boolean;
}

const columns = [
  'workspace_id',
  'id',
  'mailbox_id',
  'kind',
  'imap',
  'imap_secret',
  'smtp',
  'smtp_secret',
  'state',
  'problem',
  'not_receiving_since',
  'last_checked_at',
  'off_at',
] as const;

const channelQuery = (tx: Tx, workspaceId: WorkspaceId) =>
  tx.selectFrom('channel').select(columns).where('workspace_id', '=', workspaceId);

type Row = Awaited<ReturnType<ReturnType<typeof channelQuery>['execute']>>[number];

function toChannel(row: Row): ChannelRow {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    mailboxId: row.mailbox_id,
    kind: row.kind as ChannelKind, // The column's check allows these words only.
    imap: row.imap as unknown as StoredImapDoor | null, // Written by the two writers below alone.
    imapSecret: row.imap_secret,
    smtp: row.smtp as unknown as StoredDoor | null,
    smtpSecret: row.smtp_secret,
    state: row.state as ChannelState,
    problem: row.problem,
    notReceivingSince: row.not_receiving_since,
    lastCheckedAt: row.last_checked_at,
    isOff: row.off_at !== null,
  };
}

/** The doors of these mailboxes ("all": of the workspace), the oldest first. */
export async function listChannels(
  tx: Tx,
  workspaceId: WorkspaceId,
  mailboxIds: readonly MailboxId[] | 'all',
): Promise<ChannelRow[]> {
  const rows = await channelQuery(tx, workspaceId)
    .$if(mailboxIds !== 'all', (query) =>
      query.where(sql<boolean>`mailbox_id = any(${[...mailboxIds]}::uuid[])`),
    )
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toChannel);
}

/** One door, its row held until the transaction ends; null when there is none. */
export async function lockChannel(
  tx: Tx,
  workspaceId: WorkspaceId,
  channelId: ChannelId,
): Promise<ChannelRow | null> {
  const row = await channelQuery(tx, workspaceId)
    .where('id', '=', channelId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row === undefined ? null : toChannel(row);
}

/** What a mail account's row is to hold; null takes a door away. */
export interface AccountFacts {
  imap: StoredImapDoor | null;
  imapSecret: string | null;
  smtp: StoredDoor | null;
  smtpSecret: string | null;
}

const asJson = (door: StoredDoor | null) => (door === null ? null : (JSON.stringify(door) as Json));

export async function insertAccount(
  tx: Tx,
  workspaceId: WorkspaceId,
  mailboxId: MailboxId,
  account: AccountFacts,
): Promise<ChannelId> {
  const id = newId<ChannelId>();
  await tx
    .insertInto('channel')
    .values({
      workspace_id: workspaceId,
      id,
      mailbox_id: mailboxId,
      kind: 'mail_account',
      imap: asJson(account.imap),
      imap_secret: account.imapSecret,
      smtp: asJson(account.smtp),
      smtp_secret: account.smtpSecret,
      // Without a way in there is nothing to connect to until a letter leaves.
      state: account.imap === null ? 'connected' : 'connecting',
    })
    .execute();
  return id;
}

interface AccountChange extends AccountFacts {
  isOff: boolean;
  /** Another host or user: its UIDs are no longer those that were read. */
  isOtherAccount: boolean;
}

export async function updateAccount(tx: Tx, channel: ChannelRow, change: AccountChange): Promise<void> {
  await tx
    .updateTable('channel')
    .set({
      imap: asJson(change.imap),
      imap_secret: change.imapSecret,
      smtp: asJson(change.smtp),
      smtp_secret: change.smtpSecret,
      state: change.isOff ? 'off' : change.imap === null ? 'connected' : 'connecting',
      problem: null,
      failures: 0,
      next_check_at: sql<Date>`now()`,
      off_at: change.isOff ? sql<Date>`coalesce(off_at, now())` : null,
      ...((change.isOff || change.imap === null) && { not_receiving_since: null }),
      ...(change.isOtherAccount && { account_no: sql<number>`account_no + 1` }),
    })
    .where('workspace_id', '=', channel.workspaceId)
    .where('id', '=', channel.id)
    .execute();
}

/** Makes the account's reader look now, whatever it waits for. */
export async function callForCheck(tx: Tx, workspaceId: WorkspaceId, channelId: ChannelId): Promise<void> {
  await tx
    .updateTable('channel')
    .set({ next_check_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', channelId)
    .execute();
}

/** The mailbox's own door of this kind, made when its first letter comes. */
export async function builtInChannel(
  tx: Tx,
  workspaceId: WorkspaceId,
  mailboxId: MailboxId,
  kind: 'smtp_listener' | 'import',
): Promise<ChannelId> {
  await tx
    .insertInto('channel')
    .values({
      workspace_id: workspaceId,
      id: newId<ChannelId>(),
      mailbox_id: mailboxId,
      kind,
      state: 'connected',
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await tx
    .selectFrom('channel')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('mailbox_id', '=', mailboxId)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The SMTP door that a mailbox's letters leave by: that of its oldest account in use. */
export async function readWayOut(
  tx: Tx,
  workspaceId: WorkspaceId,
  mailboxId: MailboxId,
): Promise<{ door: StoredDoor; secret: string | null } | null> {
  const row = await channelQuery(tx, workspaceId)
    .where('mailbox_id', '=', mailboxId)
    .where('smtp', 'is not', null)
    .where('off_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .executeTakeFirst();
  const channel = row === undefined ? null : toChannel(row);
  return channel?.smtp ? { door: channel.smtp, secret: channel.smtpSecret } : null;
}

/** What each door showed us and what became of it. For a mail account `seen` is the server's own list. */
export async function readLedgers(tx: Tx, workspaceId: WorkspaceId): Promise<Map<ChannelId, Ledger>> {
  const ledgers = new Map<ChannelId, Ledger>();
  for (const row of await countRaw(tx, workspaceId)) {
    const ledger = ledgers.get(row.channel_id) ?? emptyLedger();
    ledger[row.state as RawState] = row.n;
    ledger.seen += row.n;
    ledgers.set(row.channel_id, ledger);
  }
  for (const row of await countListed(tx, workspaceId)) {
    ledgers.set(row.channel_id, { ...(ledgers.get(row.channel_id) ?? emptyLedger()), seen: row.n });
  }
  return ledgers;
}

export const emptyLedger = (): Ledger => ({
  seen: 0,
  taken: 0,
  duplicate: 0,
  quarantined: 0,
  ignored: 0,
  waiting: 0,
});

function countRaw(tx: Tx, workspaceId: WorkspaceId) {
  return tx
    .selectFrom('raw_message')
    .select(['channel_id', 'state', sql<number>`count(*)`.as('n')])
    .where('workspace_id', '=', workspaceId)
    .groupBy(['channel_id', 'state'])
    .execute();
}

function countListed(tx: Tx, workspaceId: WorkspaceId) {
  return tx
    .selectFrom('channel_folder')
    .select(['channel_id', sql<number>`sum(listed - gone)::bigint`.as('n')])
    .where('workspace_id', '=', workspaceId)
    .groupBy('channel_id')
    .execute();
}
