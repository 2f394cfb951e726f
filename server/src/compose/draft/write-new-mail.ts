import type { DraftId, DraftWords, MailboxId } from '@madoguchi/contract';
import { type MemberActor, mayIn } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';
import { draftNotFound, mailboxNotHere } from '../errors.ts';
import { findDesk } from '../proposal/store.ts';
import { type Draft, rightToWrite } from './draft.ts';
import { announceDraft, type BehindMask, refuseForeignUploads, writeAgain } from './save-draft.ts';
import { closeDraft, insertDraft, lockOwnDraft, readDraft } from './store.ts';

/**
 * Begins a new mail from a shared mailbox, with the signature that belongs below it.
 * @throws mailboxNotHere
 */
export async function beginNewMail(
  tx: Tx,
  actor: MemberActor,
  { mailboxId }: { mailboxId: MailboxId },
): Promise<Draft> {
  const { signature } = await deskOf(tx, actor, mailboxId);
  const words: DraftWords = {
    messageId: null,
    to: [],
    cc: [],
    bcc: [],
    subject: '',
    text: '',
    quote: '',
    signature,
    uploadIds: [],
  };
  const id = await insertDraft(tx, actor, {
    kind: 'new',
    conversationId: null,
    mailboxId,
    words,
    seenRevision: 0,
  });
  if (id === null) throw new Error('a new mail met another with its id');
  const draft = await readDraft(tx, actor, id);
  await announceDraft(tx, actor, 'draft_saved', draft);
  return draft;
}

interface SaveNewMail {
  draftId: DraftId;
  mailboxId: MailboxId;
  words: DraftWords;
  behind?: BehindMask | null;
  version: number;
  seenRevision: number;
  settles?: boolean;
}

/** @throws draftNotFound, mailboxNotHere, uploadNotFound, draftChanged */
export async function saveNewMail(tx: Tx, actor: MemberActor, save: SaveNewMail): Promise<Draft> {
  const { draftId, mailboxId, words } = save;
  await deskOf(tx, actor, mailboxId);
  await refuseForeignUploads(tx, actor, words.uploadIds);
  const stored = await lockOpenNewMail(tx, actor, draftId);
  // A new mail answers nothing.
  return writeAgain(tx, actor, stored, { ...save, words: { ...words, messageId: null } });
}

/** @throws draftNotFound unless it is the actor's own new mail, neither sent nor thrown away */
export async function lockOpenNewMail(tx: Tx, actor: MemberActor, draftId: DraftId): Promise<Draft> {
  const stored = await lockOwnDraft(tx, actor, draftId);
  if (stored === null || stored.closedAs !== null || stored.kind !== 'new') throw draftNotFound({ draftId });
  return stored;
}

/** @throws mailboxNotHere when it is off, or the actor may not write new mail from it */
export async function deskOf(tx: Tx, actor: MemberActor, mailboxId: MailboxId) {
  const desk = mayIn(actor, rightToWrite.new, mailboxId) ? await findDesk(tx, actor, mailboxId) : null;
  if (desk === null) throw mailboxNotHere({});
  return desk;
}

/** Throws one's own draft away; its words stay among its versions. @throws draftNotFound */
export async function discardDraft(tx: Tx, actor: MemberActor, draftId: DraftId): Promise<void> {
  const draft = await lockOwnDraft(tx, actor, draftId);
  if (draft === null || draft.closedAs !== null) throw draftNotFound({ draftId });
  await closeDraft(tx, draft, 'discarded');
  await announceDraft(tx, actor, 'draft_discarded', draft);
}
