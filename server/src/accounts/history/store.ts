/** Own table: sign_in_record. Also reads member, for the names in the table that Excel opens. */
import type { MemberId, SignInOutcome, SignInWay, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { newId, type Tx } from '../../platform/index.ts';

/** For so long a network and a device are remembered together. */
const REMEMBERED_DAYS = 90;

export interface NewRecord {
  memberId: MemberId;
  address: string;
  network: string;
  device: string;
  way: SignInWay;
  outcome: SignInOutcome;
  unusual: boolean;
  sessionId: string | null;
  endedById: MemberId | null;
}

export interface StoredSignIn extends Omit<NewRecord, 'network' | 'sessionId'> {
  id: string;
  at: Date;
}

export async function insertRecord(tx: Tx, workspaceId: WorkspaceId, record: NewRecord): Promise<void> {
  await tx
    .insertInto('sign_in_record')
    .values({
      workspace_id: workspaceId,
      id: newId<string>(),
      member_id: record.memberId,
      address: record.address,
      network: record.network,
      device: record.device,
      way: record.way,
      outcome: record.outcome,
      unusual: record.unusual,
      session_id: record.sessionId,
      ended_by_id: record.endedById,
    })
    .execute();
}

/** Whether the same was written within the last minutes, so that a flood of tries stays one row. */
export async function wasJustRecorded(
  tx: Tx,
  workspaceId: WorkspaceId,
  { memberId, address, way, outcome }: NewRecord,
  minutes: number,
): Promise<boolean> {
  const row = await tx
    .selectFrom('sign_in_record')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .where('at', '>', sql<Date>`now() - make_interval(mins => ${minutes})`)
    .where('address', '=', address)
    .where('way', '=', way)
    .where('outcome', '=', outcome)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether he has signed in before, and whether from here with this device lately. */
export async function findAcquaintance(
  tx: Tx,
  workspaceId: WorkspaceId,
  { memberId, network, device }: Pick<NewRecord, 'memberId' | 'network' | 'device'>,
): Promise<{ hasSignedIn: boolean; isKnown: boolean }> {
  const row = await tx
    .selectFrom('sign_in_record')
    .select([
      sql<boolean>`count(*) > 0`.as('hasSignedIn'),
      sql<boolean>`coalesce(bool_or(network = ${network} and device = ${device}
        and at > now() - make_interval(days => ${REMEMBERED_DAYS})), false)`.as('isKnown'),
    ])
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .where('outcome', '=', 'signed_in')
    .executeTakeFirstOrThrow();
  return row;
}

/** The last row of a page, as its mark says it. */
export interface PageMark {
  at: Date;
  id: string;
}

/** The newest first; `memberId` null: everybody's. */
export async function findRecords(
  tx: Tx,
  workspaceId: WorkspaceId,
  { memberId, after, limit }: { memberId: MemberId | null; after: PageMark | null; limit: number },
): Promise<StoredSignIn[]> {
  return tx
    .selectFrom('sign_in_record')
    .select([
      'id',
      'member_id as memberId',
      'at',
      'address',
      'device',
      'way',
      'outcome',
      'unusual',
      'ended_by_id as endedById',
    ])
    .where('workspace_id', '=', workspaceId)
    .$if(memberId !== null, (query) => query.where('member_id', '=', memberId))
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(at, id) < (${after?.at}::timestamptz, ${after?.id}::uuid)`),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export async function countUnusual(tx: Tx, workspaceId: WorkspaceId, memberId: MemberId): Promise<number> {
  const row = await tx
    .selectFrom('sign_in_record')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .where('unusual', '=', true)
    .where('noted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.n;
}

export async function noteUnusual(tx: Tx, workspaceId: WorkspaceId, memberId: MemberId): Promise<void> {
  await tx
    .updateTable('sign_in_record')
    .set({ noted_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .where('unusual', '=', true)
    .where('noted_at', 'is', null)
    .execute();
}

/** What people are called, by id, for a table that is read without the page. */
export async function findNames(tx: Tx, workspaceId: WorkspaceId): Promise<ReadonlyMap<MemberId, string>> {
  const rows = await tx
    .selectFrom('member')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
