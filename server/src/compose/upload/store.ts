/** Writes upload. Reads draft_upload: what lies beside a draft. */
import type { DraftFile, DraftId, UploadId, WorkspaceId } from '@madoguchi/contract';
import type { MemberActor } from '../../accounts/index.ts';
import { newId, type Tx } from '../../platform/index.ts';

export interface NewUpload {
  sha256: Buffer;
  name: string;
  type: string;
  /** Bytes. */
  size: number;
}

export async function insertUpload(tx: Tx, actor: MemberActor, upload: NewUpload): Promise<DraftFile> {
  const id = newId<UploadId>();
  await tx
    .insertInto('upload')
    .values({ workspace_id: actor.workspaceId, id, member_id: actor.memberId, ...upload })
    .execute();
  const { name, type, size } = upload;
  return { uploadId: id, name, type, size };
}

/** An earlier upload of the same content under the same name by the same member. */
export async function findSameUpload(
  tx: Tx,
  actor: MemberActor,
  upload: NewUpload,
): Promise<UploadId | null> {
  const row = await tx
    .selectFrom('upload')
    .select('id')
    .where('workspace_id', '=', actor.workspaceId)
    .where('member_id', '=', actor.memberId)
    .where('sha256', '=', upload.sha256)
    .where('name', '=', upload.name)
    .where('type', '=', upload.type)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

export interface KeptUpload extends NewUpload {
  id: UploadId;
}

/** The member's own uploads among these, in no order. */
export async function listUploads(
  tx: Tx,
  actor: MemberActor,
  uploadIds: readonly UploadId[],
): Promise<KeptUpload[]> {
  if (uploadIds.length === 0) return [];
  return await tx
    .selectFrom('upload')
    .select(['id', 'sha256', 'name', 'type', 'size'])
    .where('workspace_id', '=', actor.workspaceId)
    .where('member_id', '=', actor.memberId)
    .where('id', 'in', [...uploadIds])
    .execute();
}

/** What lies beside a draft that the caller has found for an actor, in its order. */
export async function listUploadsOf(
  tx: Tx,
  { workspaceId, id }: { workspaceId: WorkspaceId; id: DraftId },
): Promise<NewUpload[]> {
  return await tx
    .selectFrom('draft_upload')
    .innerJoin('upload', (join) =>
      join
        .onRef('upload.workspace_id', '=', 'draft_upload.workspace_id')
        .onRef('upload.id', '=', 'draft_upload.upload_id'),
    )
    .select(['upload.sha256', 'upload.name', 'upload.type', 'upload.size'])
    .where('draft_upload.workspace_id', '=', workspaceId)
    .where('draft_upload.draft_id', '=', id)
    .orderBy('draft_upload.rank')
    .execute();
}
