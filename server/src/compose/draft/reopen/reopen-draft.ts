import type { DraftId, MemberId, WorkspaceId } from '@madoguchi/contract';
import type { Tx } from '../../../platform/index.ts';
import { type Draft, wordsOf } from '../draft.ts';
import { keepVersion, lockDraftOf } from '../store.ts';
import { lockBeginning, lockSentDraft, reopen } from './store.ts';

/**
 * Makes the words of a letter that never left a draft again, its author's, with its recipients and files; its
 * versions go on. When he has begun another of that kind meanwhile, both are kept.
 *
 * @throws Error unless it is a sent draft; that is our bug
 */
export async function reopenDraft(
  tx: Tx,
  { workspaceId, draftId }: { workspaceId: WorkspaceId; draftId: DraftId },
): Promise<Draft> {
  const sent = await lockSentDraft(tx, { workspaceId, draftId });
  if (sent === null) throw new Error(`draft ${draftId} was not sent`);
  await lockBeginning(tx, sent);
  await reopen(tx, { workspaceId, draftId });
  const draft = await readOpen(tx, workspaceId, { draftId, authorId: sent.authorId });
  await keepVersion(tx, draft, wordsOf(draft));
  return draft;
}

async function readOpen(
  tx: Tx,
  workspaceId: WorkspaceId,
  wanted: { draftId: DraftId; authorId: MemberId },
): Promise<Draft> {
  const draft = await lockDraftOf(tx, workspaceId, wanted);
  if (draft === null) throw new Error(`draft ${wanted.draftId} was opened and cannot be read`);
  return draft;
}
