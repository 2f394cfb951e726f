/** For the house's sweeps, over all workspaces. Writes upload; reads hold, take_over and draft_upload. */
import type { AnswerId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/index.ts';

/** Holds whose lease is over, by the clock of this moment. */
export async function listExpired(tx: Tx): Promise<{ workspaceId: WorkspaceId; answerId: AnswerId }[]> {
  return await tx
    .selectFrom('hold')
    .select(['workspace_id as workspaceId', 'answer_id as answerId'])
    .where('expires_at', '<=', sql<Date>`clock_timestamp()`)
    .orderBy('expires_at')
    .limit(200)
    .execute();
}

/** Questions to hand over whose time is over, by the clock of this moment. */
export async function listExpiredAsks(tx: Tx): Promise<{ workspaceId: WorkspaceId; answerId: AnswerId }[]> {
  return await tx
    .selectFrom('take_over')
    .select(['workspace_id as workspaceId', 'answer_id as answerId'])
    .where('expires_at', '<=', sql<Date>`clock_timestamp()`)
    .orderBy('expires_at')
    .limit(200)
    .execute();
}

/** Files that nobody has laid beside a draft within two days. */
export async function deleteUnusedUploads(tx: Tx): Promise<void> {
  await tx
    .deleteFrom('upload')
    .where('created_at', '<', sql<Date>`now() - interval '48 hours'`)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('draft_upload')
            .select('draft_upload.draft_id')
            .whereRef('draft_upload.workspace_id', '=', 'upload.workspace_id')
            .whereRef('draft_upload.upload_id', '=', 'upload.id'),
        ),
      ),
    )
    .execute();
}
