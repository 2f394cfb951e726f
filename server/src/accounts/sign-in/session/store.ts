/**
 * Own table, of schema sign_in: session. Also reads user and passkey there, and workspace, whose settings say
 * how long a session lasts.
 */
import type { MemberId, SignInWay, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Reading, Tx } from '../../../platform/index.ts';
import { signInTables } from '../tables.ts';

export interface StandingSession {
  id: string;
  userId: string;
  workspaceId: WorkspaceId;
  way: SignInWay;
  /** Whether its person has set up a second factor. */
  hasSecondFactor: boolean;
}

const isTooOld = sql<boolean>`(s."expiresAt" <= now()
  or s."createdAt" <= now() - make_interval(hours => workspace.session_hours))`;
const isIdle = sql<boolean>`(workspace.idle_minutes > 0
  and coalesce(s."lastActiveAt", s."createdAt") <= now() - make_interval(mins => workspace.idle_minutes))`;

/** Whether a session `s` is older, or longer idle, than its `workspace` allows; part of a statement with both. */
export const isOver = sql<boolean>`(${isTooOld} or ${isIdle})`;

/** Sessions with their workspace, as far as they stand. */
function standing(tx: Reading) {
  return signInTables(tx)
    .selectFrom('sign_in.session as s')
    .innerJoin('workspace', (join) => join.on(sql<boolean>`workspace.id = s."workspaceId"::uuid`))
    .where(sql<boolean>`not ${isOver}`);
}

/** @returns null when it has ended, or its time is over */
export async function findStanding(tx: Reading, sessionId: string): Promise<StandingSession | null> {
  const row = await standing(tx)
    .innerJoin('sign_in.user as u', 'u.id', 's.userId')
    .select(['s.id', 's.userId', 's.way', 'workspace.id as workspaceId'])
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

/** A session whose time was over, and where its person used it. */
export interface OverSession extends EndedSession {
  outcome: 'expired' | 'idle';
  address: string;
  userAgent: string;
}

const OVER_AT_ONCE = 500;

/**
 * Deletes sessions whose time is over: this one, or as many as go at once, of whichever workspaces. One between
 * password and code is born over and is none yet: better-auth takes it away itself.
 */
export async function deleteOver(tx: Tx, only: { sessionId: string } | null): Promise<OverSession[]> {
  const over = signInTables(tx)
    .selectFrom('sign_in.session as s')
    .innerJoin('workspace', (join) => join.on(sql<boolean>`workspace.id = s."workspaceId"::uuid`))
    .select([
      's.id',
      sql<OverSession['outcome']>`case when ${isTooOld} then 'expired' else 'idle' end`.as('outcome'),
    ])
    .where(isOver)
    .where('s.expiresAt', '>', sql<Date>`'epoch'::timestamptz`)
    .$if(only !== null, (query) => query.where('s.id', '=', only?.sessionId ?? ''))
    .orderBy('s.id')
    .limit(OVER_AT_ONCE)
    .forUpdate(['s'])
    .skipLocked();
  const rows = await signInTables(tx)
    .with('over', () => over)
    .deleteFrom('sign_in.session')
    .using('over')
    .whereRef('sign_in.session.id', '=', 'over.id')
    .returning([
      'sign_in.session.id',
      'sign_in.session.userId',
      'sign_in.session.workspaceId',
      'sign_in.session.way',
      'sign_in.session.ipAddress',
      'sign_in.session.userAgent',
      'over.outcome',
    ])
    .execute();
  return rows.map(({ ipAddress, userAgent, ...row }) => ({
    ...toEnded(row),
    outcome: row.outcome,
    address: ipAddress ?? '',
    userAgent: userAgent ?? '',
  }));
}

const toEnded = (row: {
  id: string;
  userId: string;
  workspaceId: string | null;
  way: SignInWay | null;
}): EndedSession => ({
  id: row.id,
  userId: row.userId,
  workspaceId: row.workspaceId as WorkspaceId | null, // Text, because better-auth made the column.
  way: row.way ?? 'password',
});

/** All sessions of a user but one, also those that are over: what a new password is about to end. */
export async function findOthers(
  tx: Tx,
  { userId, except }: { userId: string; except: string },
): Promise<EndedSession[]> {
  const rows = await signInTables(tx)
    .selectFrom('sign_in.session')
    .select(['id', 'userId', 'workspaceId', 'way'])
    .where('userId', '=', userId)
    .where('id', '<>', except)
    .where('expiresAt', '>', sql<Date>`now()`)
    .execute();
  return rows.map(toEnded);
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
  return rows.map(toEnded);
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
