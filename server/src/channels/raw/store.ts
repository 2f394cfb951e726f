/**
 * raw_message: the bytes as they came, and what became of each. Reads no foreign table.
 */
import type { ChannelId, MailboxId, RawMessageId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/index.ts';
import type { Envelope, RawMessage, RawState } from '../channel.ts';

const columns = [
  'workspace_id',
  'id',
  'channel_id',
  'mailbox_id',
  'envelope',
  'received_at',
  'size',
  'sha256',
  'body',
  'state',
  'reason',
  'duplicate_of',
  'attempts',
] as const;

/** The raw message, its row held until the transaction ends; null when there is none. */
export async function lockRawMessage(
  tx: Tx,
  workspaceId: WorkspaceId,
  rawMessageId: RawMessageId,
): Promise<RawMessage | null> {
  const row = await rawQuery(tx, workspaceId, rawMessageId).forNoKeyUpdate().executeTakeFirst();
  return row === undefined ? null : toRawMessage(row);
}

/** The raw message without holding its row, for parsing and for the original's download. */
export async function readRawMessage(
  tx: Tx,
  workspaceId: WorkspaceId,
  rawMessageId: RawMessageId,
): Promise<RawMessage | null> {
  const row = await rawQuery(tx, workspaceId, rawMessageId).executeTakeFirst();
  return row === undefined ? null : toRawMessage(row);
}

function rawQuery(tx: Tx, workspaceId: WorkspaceId, rawMessageId: RawMessageId) {
  return tx
    .selectFrom('raw_message')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', rawMessageId);
}

type RawRow = NonNullable<Awaited<ReturnType<ReturnType<typeof rawQuery>['executeTakeFirst']>>>;

function toRawMessage(row: RawRow): RawMessage {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    channelId: row.channel_id,
    mailboxId: row.mailbox_id,
    envelope: row.envelope as unknown as Envelope, // Written by insertRaw alone, from an Envelope.
    receivedAt: row.received_at,
    size: row.size,
    sha256: row.sha256,
    body: row.body,
    state: row.state as RawState, // The column's check allows these words only.
    reason: row.reason,
    duplicateOf: row.duplicate_of,
    attempts: row.attempts,
  };
}

/** Where a letter lies in a mail account. */
export interface RawPlace {
  accountNo: number;
  folder: string;
  uidValidity: number;
  uid: number;
}

export interface NewRaw {
  workspaceId: WorkspaceId;
  id: RawMessageId;
  channelId: ChannelId;
  mailboxId: MailboxId;
  /** Where it lay on the server; null for what was brought to us. */
  place: RawPlace | null;
  envelope: Envelope;
  /** Null is now; a moment to come by the database's clock is now as well. */
  receivedAt: Date | null;
  size: number;
  sha256: Buffer;
  body: Buffer | null;
}

/** Keeps one; false when this UID is kept already. */
export async function insertRaw(tx: Tx, raw: NewRaw): Promise<boolean> {
  const row = await tx
    .insertInto('raw_message')
    .values({
      workspace_id: raw.workspaceId,
      id: raw.id,
      channel_id: raw.channelId,
      mailbox_id: raw.mailboxId,
      ...(raw.place && { account_no: raw.place.accountNo }),
      folder: raw.place?.folder ?? null,
      uid_validity: raw.place?.uidValidity ?? null,
      uid: raw.place?.uid ?? null,
      envelope: JSON.stringify(raw.envelope),
      ...(raw.receivedAt && { received_at: sql<Date>`least(${raw.receivedAt}::timestamptz, now())` }),
      size: raw.size,
      sha256: raw.sha256,
      body: raw.body,
      in_file: raw.body === null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

interface Settlement {
  state: Exclude<RawState, 'waiting'>;
  reason: string | null;
  duplicateOf: RawMessageId | null;
}

async function settle(
  tx: Tx,
  raw: Pick<RawMessage, 'workspaceId' | 'id'>,
  settlement: Settlement,
): Promise<void> {
  await tx
    .updateTable('raw_message')
    .set({
      state: settlement.state,
      reason: settlement.reason,
      duplicate_of: settlement.duplicateOf,
      settled_at: sql<Date>`now()`,
    })
    .where('workspace_id', '=', raw.workspaceId)
    .where('id', '=', raw.id)
    .execute();
}

type Key = Pick<RawMessage, 'workspaceId' | 'id'>;

/** It became a message, or marked the one that it reports on. */
export function markTaken(tx: Tx, raw: Key): Promise<void> {
  return settle(tx, raw, { state: 'taken', reason: null, duplicateOf: null });
}

/** The same letter is in this mailbox already, by that raw message (null where we wrote it ourselves). */
export function markDuplicate(tx: Tx, raw: Key, duplicateOf: RawMessageId | null): Promise<void> {
  return settle(tx, raw, { state: 'duplicate', reason: null, duplicateOf });
}

/** It became a marked conversation, because it could not be read. */
export function markQuarantined(tx: Tx, raw: Key, reason: string): Promise<void> {
  return settle(tx, raw, { state: 'quarantined', reason, duplicateOf: null });
}

/** Counts one more attempt to take it in; after too many, intake quarantines it. */
export async function countRawAttempt(tx: Tx, raw: Key): Promise<number> {
  const row = await tx
    .updateTable('raw_message')
    .set({ attempts: sql<number>`attempts + 1` })
    .where('workspace_id', '=', raw.workspaceId)
    .where('id', '=', raw.id)
    .returning('attempts')
    .executeTakeFirstOrThrow();
  return row.attempts;
}

/** How many of these are in each state. */
export async function countStates(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly RawMessageId[],
): Promise<{ state: RawState; n: number }[]> {
  const rows = await tx
    .selectFrom('raw_message')
    .select(['state', sql<number>`count(*)`.as('n')])
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', [...ids])
    .groupBy('state')
    .execute();
  return rows.map(({ state, n }) => ({ state: state as RawState, n })); // The column's check allows these words only.
}
