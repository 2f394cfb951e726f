import type { DraftKind, MemberId, Permission, UploadId, WorkspaceId } from '@madoguchi/contract';
import { houseActor, loadActor, type MemberActor, mayIn } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';
import { type Draft, wordsOf } from '../draft/draft.ts';
import { announceDraft } from '../draft/save-draft.ts';
import {
  closeDraft,
  insertDraft,
  keepVersion,
  lockDraftOf,
  readDraft,
  replaceUploads,
} from '../draft/store.ts';
import { insertUpload, listUploadsOf } from '../upload/store.ts';
import { type LeftDraft, listLeftDrafts } from './store.ts';

/** What a successor must be allowed, in the mailbox, to go on with words of this kind. */
const RIGHT: Record<DraftKind, Permission> = {
  reply: 'conversation.answer',
  forward: 'conversation.forward',
  note: 'conversation.note',
  new: 'conversation.new_mail',
};

interface HandOver {
  workspaceId: WorkspaceId;
  memberId: MemberId;
  successorId: MemberId;
}

/**
 * Gives a leaver's open drafts to his successor, as the successor's own; the leaver's stay closed, with all
 * their versions, under his name. Where the successor may not write, or has begun a draft of that kind
 * himself, the leaver's stays open as it is: colleagues see it in the conversation.
 */
export async function handOverDrafts(tx: Tx, wish: HandOver): Promise<void> {
  const { workspaceId, memberId, successorId } = wish;
  const successor = await loadActor(tx, workspaceId, successorId);
  const isBack = (await loadActor(tx, workspaceId, memberId)) !== null;
  if (successor === null || isBack) return;
  for (const left of await listLeftDrafts(tx, workspaceId, memberId)) {
    if (!willSee(successor, left, memberId)) continue;
    const draft = await lockDraftOf(tx, workspaceId, { draftId: left.draftId, authorId: memberId });
    if (draft === null || !mayIn(successor, RIGHT[draft.kind], left.mailboxId)) continue;
    const given = await giveDraft(tx, successor, draft);
    if (given !== null) await announceGiven(tx, given);
  }
}

/** What lies on the leaver is on its way to the successor, who sees what is assigned to him whatever his scope is. */
function willSee({ scope, memberId, teamIds }: MemberActor, left: LeftDraft, leaverId: MemberId): boolean {
  const isOwn = left.assigneeId === leaverId || left.assigneeId === memberId;
  if (scope === 'mailboxes' || isOwn) return true;
  return scope === 'teams' && left.teamId !== null && teamIds.includes(left.teamId);
}

/** A draft as it was, and as it is its new author's. */
export interface GivenDraft {
  from: Draft;
  to: Draft;
}

/**
 * Makes an open draft, whose row is held, another's own: the same words, files and revision seen. The first
 * author's stays closed, with all its versions, under his name. Null when the other has begun one himself.
 */
export async function giveDraft(tx: Tx, successor: MemberActor, draft: Draft): Promise<GivenDraft | null> {
  const { workspaceId, kind, conversationId, mailboxId, seenRevision } = draft;
  const words = wordsOf(draft);
  const id = await insertDraft(tx, successor, { kind, conversationId, mailboxId, words, seenRevision });
  if (id === null) return null;
  const uploadIds = await copyUploads(tx, successor, draft);
  await replaceUploads(tx, { workspaceId, id }, uploadIds);
  await keepVersion(tx, { workspaceId, id, version: 1 }, { ...words, uploadIds });
  await closeDraft(tx, draft, 'handed_over');
  return { from: draft, to: await readDraft(tx, successor, id) };
}

export async function announceGiven(tx: Tx, { from, to }: GivenDraft): Promise<void> {
  const house = houseActor(from.workspaceId);
  await announceDraft(tx, house, 'draft_discarded', from);
  await announceDraft(tx, house, 'draft_saved', to);
}

/** The files beside the draft once more, as the successor's own. */
async function copyUploads(tx: Tx, successor: MemberActor, draft: Draft): Promise<UploadId[]> {
  const uploadIds: UploadId[] = [];
  for (const file of await listUploadsOf(tx, draft)) {
    uploadIds.push((await insertUpload(tx, successor, file)).uploadId);
  }
  return uploadIds;
}
