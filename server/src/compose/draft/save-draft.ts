import type { ConversationId, DraftWords, UploadId } from '@madoguchi/contract';
import { type Actor, type Mask, type MemberActor, mayIn } from '../../accounts/index.ts';
import { conversationNotFound } from '../../conversation/index.ts';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { draftChanged, draftNotFound, messageNotHere, uploadNotFound } from '../errors.ts';
import { findAnswerPlace } from '../hold/store.ts';
import { listUploads } from '../upload/store.ts';
import {
  type Draft,
  rightToWrite,
  saysTheSame,
  type Typed,
  toWireDraft,
  typedWordsOf,
  wordsOf,
} from './draft.ts';
import {
  insertDraft,
  isLetterIn,
  keepNewestVersion,
  keepVersion,
  lockOpenDraft,
  readDraft,
  replaceUploads,
  updateDraft,
} from './store.ts';

/** A save of somebody to whom addresses are hidden. */
export interface BehindMask {
  typed: Typed;
  mask: Mask;
}

export interface Save {
  conversationId: ConversationId;
  kind: 'reply' | 'forward' | 'note';
  /** As they will leave. */
  words: DraftWords;
  /** Null, or left out: its writer sees addresses. */
  behind?: BehindMask | null;
  /** The version that the save began with; 0 for a first one. */
  version: number;
  /** The answer's revision on the writer's screen. */
  seenRevision: number;
  /** The writer was shown the stored words of his other window, and chose these: those stay as a version. */
  settles?: boolean;
}

/**
 * Keeps the actor's draft of this kind. It needs no hold: words are never refused because somebody else
 * answers. A save that says what is stored already is taken as the repetition of one whose answer was lost.
 *
 * @throws conversationNotFound, messageNotHere, uploadNotFound
 * @throws draftChanged with the stored draft, when another window saved since
 */
export async function saveDraft(tx: Tx, actor: MemberActor, save: Save): Promise<Draft> {
  const { conversationId, kind, words } = save;
  const place = await findAnswerPlace(tx, actor, conversationId);
  if (place === null || !mayIn(actor, rightToWrite[kind], place.mailboxId)) {
    throw conversationNotFound({ conversationId });
  }
  const { messageId } = words;
  if (messageId !== null && !(await isLetterIn(tx, actor, { conversationId, messageId }))) {
    throw messageNotHere({ messageId });
  }
  await refuseForeignUploads(tx, actor, words.uploadIds);

  const stored = await lockOpenDraft(tx, actor, { conversationId, kind });
  if (stored !== null) return writeAgain(tx, actor, stored, { ...save, mailboxId: place.mailboxId });
  if (save.version !== 0) throw draftNotFound({});
  const id = await insertDraft(tx, actor, {
    ...{ conversationId, kind, mailboxId: place.mailboxId, words, seenRevision: save.seenRevision },
    typed: save.behind?.typed ?? null,
  });
  if (id === null) return saveDraft(tx, actor, save);
  return finish(tx, actor, { ...(await readDraft(tx, actor, id)), version: 1 }, words);
}

type Again = Pick<Save, 'words' | 'behind' | 'version' | 'seenRevision' | 'settles'> &
  Pick<Draft, 'mailboxId'>;

/** Writes new words over a stored draft whose row is held. */
export async function writeAgain(tx: Tx, actor: MemberActor, stored: Draft, save: Again): Promise<Draft> {
  const isRepetition = isSaid(stored, save) && stored.mailboxId === save.mailboxId;
  if (isRepetition && stored.seenRevision === save.seenRevision) return stored;
  if (stored.version !== save.version)
    throw draftChanged({ draft: toWireDraft(stored, { actor, mask: save.behind?.mask ?? null }) });
  if (save.settles) await keepNewestVersion(tx, stored);
  await updateDraft(tx, stored, { ...save, typed: save.behind?.typed ?? null });
  return finish(tx, actor, { ...stored, mailboxId: save.mailboxId, version: stored.version + 1 }, save.words);
}

/** Behind masks what he typed is compared, never what it stands for: that would tell whether a guess is right. */
function isSaid(stored: Draft, { words, behind }: Again): boolean {
  if (!behind) return saysTheSame(wordsOf(stored), words);
  return stored.typed !== null && saysTheSame(typedWordsOf(stored), { ...words, ...behind.typed.words });
}

async function finish(tx: Tx, actor: MemberActor, draft: Draft, words: DraftWords): Promise<Draft> {
  await replaceUploads(tx, draft, words.uploadIds);
  await keepVersion(tx, draft, words);
  await announceDraft(tx, actor, 'draft_saved', draft);
  return readDraft(tx, actor, draft.id);
}

/** Tells the screens; no entry of 履歴. */
export async function announceDraft(
  tx: Tx,
  actor: Actor,
  kind: 'draft_saved' | 'draft_discarded',
  draft: Draft,
): Promise<void> {
  await appendEvent(tx, actor, {
    kind,
    conversationId: draft.conversationId,
    mailboxId: draft.mailboxId,
    facts: { draftId: draft.id, draftKind: draft.kind, version: draft.version },
    silent: true,
  });
}

export async function refuseForeignUploads(
  tx: Tx,
  actor: MemberActor,
  uploadIds: readonly UploadId[],
): Promise<void> {
  const own = new Set((await listUploads(tx, actor, uploadIds)).map(({ id }) => id));
  const missing = uploadIds.filter((id) => !own.has(id));
  if (missing.length > 0) throw uploadNotFound({ uploadIds: missing });
}
