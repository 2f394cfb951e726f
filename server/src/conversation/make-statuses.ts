import { statusKinds, type WorkspaceId } from '@madoguchi/contract';
import type { Tx } from '../platform/index.ts';
import { insertStatuses } from './status/store.ts';

/** 未対応, 対応中, 返信待ち and 対応完了 for a new workspace, and its numbers from 1. */
export async function makeStatuses(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await insertStatuses(tx, workspaceId, statusKinds);
}
