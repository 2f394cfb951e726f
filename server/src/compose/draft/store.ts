/**
 * Writes draft, draft_version, draft_upload. Reads upload (its names), conversation and message (who may see
 * a draft).
 */
import type {
  Address,
  ConversationId,
  DraftFile,
  DraftId,
  DraftKind,
  DraftWords,
  MailboxId,
  MemberId,
  MessageId,
  UploadId,
  WorkspaceId,
} from '@madoguchi/contract';
import { type Expression, type SqlBool, sql } from 'kysely';
import { type Actor, type MemberActor, mailboxesFor, visible } from '../../accounts/index.ts';
import { type Json, newId, type Tx } from '../../platform/index.ts';
import type { Draft, Typed } from './draft.ts';
import { bringForward, lockBeginning } from './reopen/store.ts';

const COLUMNS = [
  'draft.workspace_id as workspaceId',
  'draft.id',
  'draft.kind',
  'draft.conversation_id as conversationId',
  'draft.mailbox_id as mailboxId',
  'draft.author_id as authorId',
  'draft.message_row_id as messageId',
  'draft.recipients',
  'draft.subject',
  'draft.text',
  'draft.quote',
  'draft.signature',
  'draft.version',
  'draft.seen_revision as seenRevision',
  'draft.saved_at as savedAt',
  'draft.set_aside_at as setAsideAt',
  'draft.typed',
] as const;

interface Row extends Omit<Draft, 'to' | 'cc' | 'bcc' | 'files' | 'typed'> {
  recipients: Json;
  typed: Json | null;
}

async function withFiles<R extends Row>(
  tx: Tx,
  actor: Pick<Actor, 'workspaceId'>,
  rows: R[],
): Promise<(Draft & Omit<R, 'typed'>)[]> {
  const files = await listFiles(
    tx,
    actor.workspaceId,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    ...row,
    // Both written by `valuesOf` alone, in these shapes.
    ...(row.recipients as unknown as Record<'to' | 'cc' | 'bcc', Address[]>),
    typed: row.typed as unknown as Typed | null,
    files: files.filter(({ draftId }) => draftId === row.id).map(({ file }) => file),
  }));
}

async function listFiles(
  tx: Tx,
  workspaceId: WorkspaceId,
  draftIds: DraftId[],
): Promise<{ draftId: DraftId; file: DraftFile }[]> {
  if (draftIds.length === 0) return [];
  const rows = await tx
    .selectFrom('draft_upload')
    .innerJoin('upload', (join) =>
      join
        .onRef('upload.workspace_id', '=', 'draft_upload.workspace_id')
        .onRef('upload.id', '=', 'draft_upload.upload_id'),
    )
    .select(['draft_upload.draft_id as draftId', 'upload.id', 'upload.name', 'upload.type', 'upload.size'])
    .where('draft_upload.workspace_id', '=', workspaceId)
    .where('draft_upload.draft_id', 'in', draftIds)
    .orderBy('draft_upload.rank')
    .execute();
  return rows.map(({ draftId, id, ...file }) => ({ draftId, file: { uploadId: id, ...file } }));
}

const valuesOf = (words: DraftWords, typed: Typed | null) => ({
  message_row_id: words.messageId,
  recipients: JSON.stringify({ to: words.to, cc: words.cc, bcc: words.bcc }),
  subject: words.subject,
  text: words.text,
  quote: words.quote,
  signature: words.signature,
  typed: typed === null ? null : JSON.stringify(typed),
});

/** The actor's open draft of this kind in a conversation, its row held. */
export async function lockOpenDraft(
  tx: Tx,
  actor: Pick<MemberActor, 'workspaceId' | 'memberId'>,
  { conversationId, kind }: { conversationId: ConversationId; kind: DraftKind },
): Promise<Draft | null> {
  const rows = await tx
    .selectFrom('draft')
    .select(COLUMNS)
    .where('workspace_id', '=', actor.workspaceId)
    .where('conversation_id', '=', conversationId)
    .where('author_id', '=', actor.memberId)
    .where('kind', '=', kind)
    .where('closed_at', 'is', null)
    .where('set_aside_at', 'is', null)
    .forUpdate()
    .execute();
  return (await withFiles(tx, actor, rows))[0] ?? null;
}

/** The actor's own draft, open or not, its row held. */
export async function lockOwnDraft(
  tx: Tx,
  actor: MemberActor,
  draftId: DraftId,
): Promise<(Draft & { closedAs: string | null }) | null> {
  const rows = await tx
    .selectFrom('draft')
    .select(COLUMNS)
    .select('closed_as as closedAs')
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', draftId)
    .where('author_id', '=', actor.memberId)
    .forUpdate()
    .execute();
  return (await withFiles(tx, actor, rows))[0] ?? null;
}

/** An open draft of this author, its row held; the house asks, not he. */
export async function lockDraftOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  { draftId, authorId }: { draftId: DraftId; authorId: MemberId },
): Promise<Draft | null> {
  const rows = await tx
    .selectFrom('draft')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', draftId)
    .where('author_id', '=', authorId)
    .where('closed_at', 'is', null)
    .forUpdate()
    .execute();
  return (await withFiles(tx, { workspaceId }, rows))[0] ?? null;
}

export interface NewDraft {
  kind: DraftKind;
  conversationId: ConversationId | null;
  mailboxId: MailboxId;
  words: DraftWords;
  typed?: Typed | null;
  seenRevision: number;
}

/** Null when another window began the same draft at this moment. */
export async function insertDraft(tx: Tx, actor: MemberActor, draft: NewDraft): Promise<DraftId | null> {
  await lockBeginning(tx, { ...draft, workspaceId: actor.workspaceId, authorId: actor.memberId });
  const row = await tx
    .insertInto('draft')
    .values({
      workspace_id: actor.workspaceId,
      id: newId<DraftId>(),
      conversation_id: draft.conversationId,
      mailbox_id: draft.mailboxId,
      author_id: actor.memberId,
      kind: draft.kind,
      seen_revision: draft.seenRevision,
      ...valuesOf(draft.words, draft.typed ?? null),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function updateDraft(
  tx: Tx,
  { workspaceId, id, version }: Pick<Draft, 'workspaceId' | 'id' | 'version'>,
  draft: Pick<NewDraft, 'words' | 'typed' | 'mailboxId' | 'seenRevision'>,
): Promise<void> {
  await tx
    .updateTable('draft')
    .set({
      ...valuesOf(draft.words, draft.typed ?? null),
      mailbox_id: draft.mailboxId,
      seen_revision: draft.seenRevision,
      version: version + 1,
      saved_at: sql<Date>`now()`,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Keeps the words as a version of their own; of saves within the same minute only the last stays. */
export async function keepVersion(
  tx: Tx,
  { workspaceId, id, version }: Pick<Draft, 'workspaceId' | 'id' | 'version'>,
  words: DraftWords,
): Promise<void> {
  await tx
    .deleteFrom('draft_version')
    .where('workspace_id', '=', workspaceId)
    .where('draft_id', '=', id)
    .where(sql<Date>`date_trunc('minute', saved_at)`, '=', sql<Date>`date_trunc('minute', now())`)
    .where('kept', '=', false)
    .execute();
  await tx
    .insertInto('draft_version')
    .values({ workspace_id: workspaceId, draft_id: id, version, words: JSON.stringify(words) })
    .execute();
}

/** Lets the draft's newest version stay, whatever follows it within the minute. */
export async function keepNewestVersion(
  tx: Tx,
  { workspaceId, id, version }: Pick<Draft, 'workspaceId' | 'id' | 'version'>,
): Promise<void> {
  await tx
    .updateTable('draft_version')
    .set({ kept: true })
    .where('workspace_id', '=', workspaceId)
    .where('draft_id', '=', id)
    .where('version', '=', version)
    .execute();
}

export async function replaceUploads(
  tx: Tx,
  { workspaceId, id }: Pick<Draft, 'workspaceId' | 'id'>,
  uploadIds: readonly UploadId[],
): Promise<void> {
  await tx
    .deleteFrom('draft_upload')
    .where('workspace_id', '=', workspaceId)
    .where('draft_id', '=', id)
    .execute();
  if (uploadIds.length === 0) return;
  const rows = uploadIds.map((uploadId, rank) => ({
    workspace_id: workspaceId,
    draft_id: id,
    upload_id: uploadId,
    rank,
  }));
  await tx.insertInto('draft_upload').values(rows).execute();
}

export async function closeDraft(
  tx: Tx,
  { workspaceId, id }: Pick<Draft, 'workspaceId' | 'id'>,
  as: 'sent' | 'discarded' | 'handed_over',
): Promise<void> {
  await tx
    .updateTable('draft')
    .set({ closed_at: sql<Date>`now()`, closed_as: as })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
  await bringForward(tx, { workspaceId, id });
}

export async function readDraft(tx: Tx, actor: MemberActor, draftId: DraftId): Promise<Draft> {
  const draft = await lockOwnDraft(tx, actor, draftId);
  if (draft === null) throw new Error(`draft ${draftId} was written and cannot be read`);
  return draft;
}

/** Open drafts in a conversation that the actor may see, oldest first: his own; everybody's where he may see them. */
export async function listDraftsIn(tx: Tx, actor: Actor, conversationId: ConversationId): Promise<Draft[]> {
  const rows = await tx
    .selectFrom('draft')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'draft.workspace_id')
        .onRef('conversation.id', '=', 'draft.conversation_id'),
    )
    .select(COLUMNS)
    .where('draft.workspace_id', '=', actor.workspaceId)
    .where('draft.conversation_id', '=', conversationId)
    .where('draft.closed_at', 'is', null)
    .where(visible(actor))
    .where(visibleDraft(actor))
    .orderBy('draft.id')
    .execute();
  return await withFiles(tx, actor, rows);
}

/** Over draft and conversation. Who looks as somebody else sees no more of his words than a colleague does. */
function visibleDraft(actor: Actor): Expression<SqlBool> {
  const everyones = mailboxesFor(actor, 'conversation.see_drafts');
  if (everyones === 'all') return sql<SqlBool>`true`;
  const ownId = actor.previewedBy === null ? actor.memberId : null;
  return sql<SqlBool>`(draft.author_id = ${ownId}::uuid
    or conversation.mailbox_id = any(${[...everyones]}::uuid[]))`;
}

const MOST = 200;

/**
 * The actor's own open drafts, newest first; those in a conversation he no longer sees are left out. Unsent
 * words are nobody else's: who looks at the page as another finds none.
 */
export async function listDraftsOf(
  tx: Tx,
  actor: MemberActor,
): Promise<(Draft & { conversationSubject: string | null })[]> {
  if (actor.previewedBy !== null) return [];
  const rows = await tx
    .selectFrom('draft')
    .leftJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'draft.workspace_id')
        .onRef('conversation.id', '=', 'draft.conversation_id'),
    )
    .select(COLUMNS)
    .select('conversation.subject as conversationSubject')
    .where('draft.workspace_id', '=', actor.workspaceId)
    .where('draft.author_id', '=', actor.memberId)
    .where('draft.closed_at', 'is', null)
    .where((eb) => eb.or([eb('draft.conversation_id', 'is', null), visible(actor)]))
    .orderBy('draft.saved_at', 'desc')
    .limit(MOST)
    .execute();
  return await withFiles(tx, actor, rows);
}

/** Whether this is a letter (no note) of the conversation. */
export async function isLetterIn(
  tx: Tx,
  actor: Actor,
  { conversationId, messageId }: { conversationId: ConversationId; messageId: MessageId },
): Promise<boolean> {
  const row = await tx
    .selectFrom('message')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'message.workspace_id')
        .onRef('conversation.id', '=', 'message.conversation_id'),
    )
    .select('message.id')
    .where('message.workspace_id', '=', actor.workspaceId)
    .where('message.id', '=', messageId)
    .where('message.conversation_id', '=', conversationId)
    .where('message.kind', 'in', ['in', 'out'])
    .where('message.unsaid', 'is', null)
    .where(visible(actor))
    .executeTakeFirst();
  return row !== undefined;
}

export async function closeNoteDraft(
  tx: Tx,
  note: { workspaceId: WorkspaceId; conversationId: ConversationId; memberId: MemberId; before: Date },
): Promise<void> {
  await tx
    .updateTable('draft')
    .set({ closed_at: sql<Date>`now()`, closed_as: 'sent' })
    .where('workspace_id', '=', note.workspaceId)
    .where('conversation_id', '=', note.conversationId)
    .where('author_id', '=', note.memberId)
    .where('kind', '=', 'note')
    .where('closed_at', 'is', null)
    .where('saved_at', '<=', note.before)
    .execute();
}
