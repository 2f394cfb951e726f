/**
 * What an actor may do. Own tables: member, role, mailbox_member, api_token. Also reads sign_in.session,
 * which stands outside the workspaces.
 */
import type { MailboxId, MemberId, Permission, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../platform/index.ts';
import type { Actor } from './actor.ts';
import { readSignInId } from './sign-in/sign-in-id.ts';
import { signInTables } from './sign-in/tables.ts';

interface Rights {
  memberId: MemberId;
  permissions: ReadonlySet<Permission>;
  mailboxIds: readonly MailboxId[];
}

/** The rights of an active member, found by himself or by the user who signed in; else null. */
export async function findRights(
  tx: Tx,
  workspaceId: WorkspaceId,
  who: { memberId: MemberId } | { userId: string },
): Promise<Rights | null> {
  const row = await tx
    .selectFrom('member')
    .innerJoin('role', (join) =>
      join.onRef('role.workspace_id', '=', 'member.workspace_id').onRef('role.id', '=', 'member.role_id'),
    )
    .select(({ selectFrom }) => [
      'member.id',
      'role.permissions',
      selectFrom('mailbox_member')
        .select(sql<MailboxId[]>`coalesce(array_agg(mailbox_id), '{}')`.as('ids'))
        .whereRef('mailbox_member.workspace_id', '=', 'member.workspace_id')
        .whereRef('mailbox_member.member_id', '=', 'member.id')
        .as('mailbox_ids'),
    ])
    .where('member.workspace_id', '=', workspaceId)
    .where('member.state', '=', 'active')
    .$call((query) =>
      'memberId' in who
        ? query.where('member.id', '=', who.memberId)
        : query.where('member.user_id', '=', who.userId),
    )
    .executeTakeFirst();
  if (row === undefined) return null;
  return { memberId: row.id, permissions: new Set(row.permissions), mailboxIds: row.mailbox_ids ?? [] };
}

/** Whether the session or token that an actor came with still stands; true for one who came without. */
export async function isSignInAlive(tx: Tx, actor: Actor): Promise<boolean> {
  if (actor.sessionOrTokenId === null) return true;
  const { kind, id } = readSignInId(actor.sessionOrTokenId);
  const found =
    kind === 'session'
      ? await signInTables(tx)
          .selectFrom('sign_in.session')
          .select('id')
          .where('id', '=', id)
          .where('expiresAt', '>', sql<Date>`now()`)
          .executeTakeFirst()
      : await tx
          .selectFrom('api_token')
          .select('id')
          .where('workspace_id', '=', actor.workspaceId)
          .where('id', '=', id)
          .where('ended_at', 'is', null)
          .executeTakeFirst();
  return found !== undefined;
}
