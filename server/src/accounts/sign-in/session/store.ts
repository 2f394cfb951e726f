/**
 * Own table, of schema sign_in: session. Also reads user and passkey there, and workspace, whose settings say
 * how long a session lasts.
 */
import type { MemberId, SignInWay, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/index.ts';
import { signInTables } from '../tables.ts';

export interface StandingSession {
  id: string;
  userId: string;
  workspaceId: WorkspaceId;
  way: SignInWay;
  /** Whether its person has set up a second factor. */
  hasSecondFactor: boolean;
}

/** Sessions with their workspace, as far as they are neither older nor longer idle than it allows. */
function standing(tx: Tx) {
  return signInTables(tx)
    .selectFrom('sign_in.session as s')
    .innerJoin('workspace as w', (join) => join.on(sql<boolean>`w.id::text = s."workspaceId"`))
    .where('s.expiresAt', '>', sql<Date>`now()`)
    .where(sql<boolean>`s."createdAt" > now() - make_interval(hours => w.session_hours)`)
    .where(
      sql<boolean>`(w.idle_minutes = 0 or coalesce(s."lastActiveAt", s."createdAt") > now() - make_interval(mins => w.idle_minutes))`,
    );
}

/** @returns null when it has ended, or its time is over */
export async function findStanding(tx: Tx, sessionId: string): Promise<StandingSession | null> {
  const row = await standing(tx)
    .innerJoin('sign_in.user as u', 'u.id', 's.userId')
    .select(['s.id', 's.userId', 's.way', 'w.id as workspaceId'])
    .select(
      sql<boolean>`u."twoFactorEnabled" is true or exists (select 1 from sign_in.passkey p where p."userId" = u.id)`.as(
        'hasSecondFactor',
      ),
    )
    .where('s.id', '=', sessionId)
    .executeTakeFirst();
  return row === undefined ? null : { ...row, way: row.way ?? 'password' };
}

export interface StoredSession {
  id: string;
  way: SignInWay;
  address: string;
  userAgent: string;
  createdAt: Date;
  lastActiveAt: Date;
}

/** The standing sessions of a user, the one last used first; in one workspace unless it is null. */
export async function findSessions(
  tx: Tx,
  userId: string,
  workspaceId: WorkspaceId | null,
): Promise<StoredSession[]> {
  const rows = await standing(tx)
    .select(['s.id', 's.way', 's.ipAddress', 's.userAgent', 's.createdAt', 's.lastActiveAt'])
    .where('s.userId', '=', userId)
    .$if(workspaceId !== null, (query) => query.where('s.workspaceId', '=', workspaceId))
    .orderBy(sql`coalesce(s."lastActiveAt", s."createdAt")`, 'desc')
    .orderBy('s.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    way: row.way ?? 'password',
    address: row.ipAddress ?? '',
    userAgent: row.userAgent ?? '',
    createdAt: row.createdAt,
    lastActiveAt: row.lastActiveAt ?? row.createdAt,
  }));
}

/** An ended session, as far as those who are told of it need to know. */
export interface EndedSession {
  id: string;
  userId: string;
  workspaceId: WorkspaceId | null;
  way: SignInWay;
}

/** Ends sessions of a user: one, all, all but one, or those in one workspace. */
export async function deleteSessions(
  tx: Tx,
  {
    userId,
    only,
    except,
    workspaceId,
  }: { userId: string; only?: string; except?: string; workspaceId?: WorkspaceId },
): Promise<EndedSession[]> {
  const rows = await signInTables(tx)
    .deleteFrom('sign_in.session')
    .where('userId', '=', userId)
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .$if(except !== undefined, (query) => query.where('id', '<>', except ?? ''))
    .$if(workspaceId !== undefined, (query) => query.where('workspaceId', '=', workspaceId ?? ''))
    .returning(['id', 'userId', 'workspaceId', 'way'])
    .execute();
  return rows.map((row) => ({
    ...row,
    workspaceId: row.workspaceId as WorkspaceId | null, // Text, because better-auth made the column.
    way: row.way ?? 'password',
  }));
}

/** The person is at the page. Written once a minute at most, so that being there stays cheap. */
export async function touchSession(tx: Tx, sessionId: string): Promise<void> {
  await signInTables(tx)
    .updateTable('sign_in.session')
    .set({ lastActiveAt: sql<Date>`now()` })
    .where('id', '=', sessionId)
    .where((eb) =>
      eb.or([
        eb('lastActiveAt', 'is', null),
        eb('lastActiveAt', '<', sql<Date>`now() - interval '55 seconds'`),
      ]),
    )
    .execute();
}

/** A session goes to another workspace, or has passed a second factor since. */
export async function updateSession(
  tx: Tx,
  sessionId: string,
  change: { workspaceId: WorkspaceId } | { way: SignInWay },
): Promise<void> {
  await signInTables(tx).updateTable('sign_in.session').set(change).where('id', '=', sessionId).execute();
}

/** Who a user is in a workspace, whatever his state there. */
export async function findMemberOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  userId: string,
): Promise<MemberId | null> {
  const row = await tx
    .selectFrom('member')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** The sign-in user of a member; null when he has never set a password. */
export async function findUserOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberId: MemberId,
): Promise<string | null> {
  const row = await tx
    .selectFrom('member')
    .select('user_id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .executeTakeFirst();
  return row?.user_id ?? null;
}
