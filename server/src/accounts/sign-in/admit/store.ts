/**
 * Everything that is asked of who comes, by one statement. Reads session, user and passkey of schema sign_in,
 * api_token, preview, and what rights are made of.
 */
import type { MemberId, SignInWay, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Reading } from '../../../platform/index.ts';
import { type Rights, rightsColumns, rightsGathered, toRights } from '../../store.ts';
import type { SecretWord } from '../secret-word.ts';
import { SESSION_LENGTH_S, SESSION_RENEWAL_S } from '../session/session-length.ts';
import { isOver } from '../session/store.ts';
import { makeSignInId } from '../sign-in-id.ts';
import { signInTables } from '../tables.ts';

/** Who has come with a session or a token, as he stands in its workspace at this moment. */
export interface CameIn {
  /** As an actor carries it. */
  sessionOrTokenId: string;
  workspaceId: WorkspaceId;
  way: SignInWay;
  hasSecondFactor: boolean;
  rights: Rights;
  /** The time that the workspace gives a session is over. */
  isOver: boolean;
  /** A session is to be prolonged, the last use of a token to be written. */
  isDue: boolean;
  /** As whom this session looks at the page. */
  looksAs: MemberId | null;
  /** Null for a token: a program has no password to give. */
  user: { id: string; email: string; sessionId: string } | null;
}

const hasSecondFactor = sql<boolean>`(u."twoFactorEnabled" is true
  or exists (select 1 from sign_in.passkey p where p."userId" = u.id))`;
const isRenewalDue = sql<boolean>`s."expiresAt" <=
  now() + make_interval(secs => ${sql.lit(SESSION_LENGTH_S - SESSION_RENEWAL_S)})`;

/** Active members by their sessions: the one with this token, or many at once. */
export async function findBySession(
  tx: Reading,
  which: { token: string } | { ids: readonly string[] },
): Promise<CameIn[]> {
  const rows = await signInTables(tx)
    .selectFrom('sign_in.session as s')
    .innerJoin('sign_in.user as u', 'u.id', 's.userId')
    .innerJoin('workspace', (join) => join.on(sql<boolean>`workspace.id = s."workspaceId"::uuid`))
    .innerJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'workspace.id')
        .onRef('member.user_id', '=', 's.userId')
        .on('member.state', '=', 'active'),
    )
    .innerJoin('role', (join) =>
      join.onRef('role.workspace_id', '=', 'member.workspace_id').onRef('role.id', '=', 'member.role_id'),
    )
    .leftJoin('preview', (join) =>
      join
        .onRef('preview.workspace_id', '=', 'workspace.id')
        .onRef('preview.session_id', '=', 's.id')
        .on('preview.ended_at', 'is', null)
        .on('preview.until', '>', sql<Date>`now()`),
    )
    .select(['s.id', 's.userId', 's.way', 'u.email', 'workspace.id as workspaceId'])
    .select(['preview.target_id as looksAs', isOver.as('isOver'), isRenewalDue.as('isDue')])
    .select(hasSecondFactor.as('hasSecondFactor'))
    .select(rightsColumns)
    .select(rightsGathered)
    .$call((query) =>
      'token' in which
        ? query.where('s.token', '=', which.token)
        : query.where(sql<boolean>`s.id = any(${[...which.ids]}::uuid[])`),
    )
    .execute();
  return rows.map(({ id, userId, email, way, workspaceId, hasSecondFactor: has, ...row }) => ({
    sessionOrTokenId: makeSignInId('session', id),
    workspaceId,
    way: way ?? 'password',
    hasSecondFactor: has,
    rights: toRights(row),
    isOver: row.isOver,
    isDue: row.isDue,
    looksAs: row.looksAs,
    user: { id: userId, email, sessionId: id },
  }));
}

/** Active members by their tokens: the one of this word, or many at once. */
export async function findByToken(
  tx: Reading,
  which: Pick<SecretWord, 'workspaceId' | 'hash'> | { workspaceIds: WorkspaceId[]; ids: readonly string[] },
): Promise<CameIn[]> {
  const rows = await signInTables(tx)
    .selectFrom('api_token')
    .innerJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'api_token.workspace_id')
        .onRef('member.id', '=', 'api_token.member_id')
        .on('member.state', '=', 'active'),
    )
    .innerJoin('role', (join) =>
      join.onRef('role.workspace_id', '=', 'member.workspace_id').onRef('role.id', '=', 'member.role_id'),
    )
    .innerJoin('workspace', 'workspace.id', 'member.workspace_id')
    .leftJoin('sign_in.user as u', 'u.id', 'member.user_id')
    .select(['api_token.id', 'api_token.workspace_id as workspaceId'])
    .select(sql<boolean>`coalesce(last_used_at < now() - interval '1 minute', true)`.as('isDue'))
    .select(hasSecondFactor.as('hasSecondFactor'))
    .select(rightsColumns)
    .select(rightsGathered)
    .where('api_token.ended_at', 'is', null)
    .$call((query) =>
      'hash' in which
        ? query
            .where('api_token.workspace_id', '=', which.workspaceId)
            .where('api_token.token_hash', '=', which.hash)
        : query
            .where(sql<boolean>`api_token.workspace_id = any(${which.workspaceIds}::uuid[])`)
            .where(sql<boolean>`api_token.id = any(${[...which.ids]}::uuid[])`),
    )
    .execute();
  return rows.map(({ id, workspaceId, isDue, hasSecondFactor: has, ...row }) => ({
    sessionOrTokenId: makeSignInId('token', id),
    workspaceId,
    way: 'token',
    hasSecondFactor: has,
    rights: toRights(row),
    isOver: false,
    isDue,
    looksAs: null,
    user: null,
  }));
}

/** Of these sessions those that stand, each with whom it looks at the page as. */
export async function findStandingSessions(
  tx: Reading,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MemberId | null>> {
  const rows = await signInTables(tx)
    .selectFrom('sign_in.session as s')
    .innerJoin('workspace', (join) => join.on(sql<boolean>`workspace.id = s."workspaceId"::uuid`))
    .leftJoin('preview', (join) =>
      join
        .onRef('preview.workspace_id', '=', 'workspace.id')
        .onRef('preview.session_id', '=', 's.id')
        .on('preview.ended_at', 'is', null)
        .on('preview.until', '>', sql<Date>`now()`),
    )
    .select(['s.id', 'preview.target_id as looksAs'])
    .where(sql<boolean>`s.id = any(${[...ids]}::uuid[])`)
    .where(sql<boolean>`not ${isOver}`)
    .execute();
  return new Map(rows.map(({ id, looksAs }) => [id, looksAs]));
}
