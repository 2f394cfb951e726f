/** Own table: preview. Reads sign_in.session: with it the preview ends. */
import type { MemberId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { newId, type Tx } from '../../platform/index.ts';
import { signInTables } from '../sign-in/tables.ts';

interface NewPreview {
  sessionId: string;
  /** Who looks, and as whom. */
  memberId: MemberId;
  targetId: MemberId;
  until: Date;
}

export interface EndedPreview {
  workspaceId: WorkspaceId;
  memberId: MemberId;
  targetId: MemberId;
}

const ended = ['workspace_id as workspaceId', 'member_id as memberId', 'target_id as targetId'] as const;

export async function insertPreview(
  tx: Tx,
  workspaceId: WorkspaceId,
  { sessionId, memberId, targetId, until }: NewPreview,
): Promise<void> {
  await tx
    .insertInto('preview')
    .values({
      workspace_id: workspaceId,
      id: newId<string>(),
      session_id: sessionId,
      member_id: memberId,
      target_id: targetId,
      until,
    })
    .execute();
}

/** Ends what this session looks as; its hour may be over already, and nobody has said so yet. */
export async function closePreview(
  tx: Tx,
  workspaceId: WorkspaceId,
  sessionId: string,
): Promise<(EndedPreview & { wasRunning: boolean }) | null> {
  const row = await tx
    .updateTable('preview')
    .set({ ended_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('session_id', '=', sessionId)
    .where('ended_at', 'is', null)
    .returning(ended)
    .returning(sql<boolean>`until > now()`.as('wasRunning'))
    .executeTakeFirst();
  return row ?? null;
}

/** Ends, in whichever workspace, what is past its hour, or whose session has gone or went elsewhere. */
export async function closeOverPreviews(tx: Tx): Promise<EndedPreview[]> {
  return signInTables(tx)
    .updateTable('preview')
    .set({ ended_at: sql<Date>`now()` })
    .where('ended_at', 'is', null)
    .where(({ exists, not, or, selectFrom }) =>
      or([
        sql<boolean>`until <= now()`,
        not(
          exists(
            selectFrom('sign_in.session as s')
              .select(sql`1`.as('one'))
              .whereRef('s.id', '=', 'preview.session_id')
              .where(sql<boolean>`s."workspaceId"::uuid = preview.workspace_id`),
          ),
        ),
      ]),
    )
    .returning(ended)
    .execute();
}
