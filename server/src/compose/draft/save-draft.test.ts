import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConversationId, DraftWords } from '@madoguchi/contract';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { MemberActor } from '../../accounts/index.ts';
import { addNote } from '../../conversation/index.ts';
import { type Files, newId, openFiles, type Tx } from '../../platform/index.ts';
import { aLetter } from '../../testing/a-letter.ts';
import { aShop } from '../../testing/a-shop.ts';
import { aMember, testDb, withTx } from '../../testing/index.ts';
import { closeNoteDrafts } from '../jobs.ts';
import { deleteUnusedUploads } from '../sweep/store.ts';
import { keepUpload } from '../upload/keep-upload.ts';
import { listUploads } from '../upload/store.ts';
import { type Save, saveDraft } from './save-draft.ts';
import { listDraftsIn, listDraftsOf } from './store.ts';
import { beginNewMail, discardDraft, saveNewMail } from './write-new-mail.ts';

const words = (text: string, more: Partial<DraftWords> = {}): DraftWords => ({
  messageId: null,
  to: [{ name: '小林', address: 'mayumi@midori.example' }],
  cc: [],
  bcc: [],
  subject: 'Re: お皿',
  text,
  quote: '',
  signature: '',
  uploadIds: [],
  ...more,
});
const save = (
  tx: Tx,
  actor: MemberActor,
  conversationId: ConversationId,
  text: string,
  more: Partial<Save> = {},
) =>
  saveDraft(tx, actor, {
    conversationId,
    kind: 'reply',
    words: words(text),
    version: 0,
    seenRevision: 1,
    ...more,
  });

const somewhere = async (): Promise<{ files: Files; path: string }> => {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-upload-'));
  const path = join(folder, 'given');
  await writeFile(path, 'content');
  return { files: openFiles(folder), path };
};

test('who looks at the page as somebody else finds none of his unsent words', () =>
  withTx(async (tx) => {
    const { tanaka, sato, mailboxId } = await aShop(tx);
    await beginNewMail(tx, sato, { mailboxId });
    expect(await listDraftsOf(tx, sato)).toHaveLength(1);
    expect(await listDraftsOf(tx, { ...sato, previewedBy: tanaka })).toEqual([]);
  }));

test('each person has one open draft of each kind, and needs no hold for it', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await save(tx, tanaka, conversation.id, '田中の返信');
    await save(tx, tanaka, conversation.id, '田中のメモ', { kind: 'note' });
    await save(tx, sato, conversation.id, '佐藤の返信');
    const here = await listDraftsIn(tx, sato, conversation.id);
    expect(here.map(({ authorId, kind, text, version }) => [authorId, kind, text, version])).toEqual([
      [tanaka.memberId, 'reply', '田中の返信', 1],
      [tanaka.memberId, 'note', '田中のメモ', 1],
      [sato.memberId, 'reply', '佐藤の返信', 1],
    ]);
    expect((await listDraftsOf(tx, sato)).map(({ text }) => text)).toEqual(['佐藤の返信']);
  }));

test('two windows do not eat each other’s words: the later one is shown what is stored', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await save(tx, tanaka, conversation.id, '一');
    const second = await save(tx, tanaka, conversation.id, '一二', { version: 1 });
    expect(second.version).toBe(2);
    await expect(save(tx, tanaka, conversation.id, '一三', { version: 1 })).rejects.toMatchObject({
      code: 'compose.draft_changed',
      facts: { draft: { text: '一二', version: 2 } },
    });
    await expect(save(tx, tanaka, conversation.id, '新', { version: 0 })).rejects.toMatchObject({
      code: 'compose.draft_changed',
    });
  }));

test('a save whose answer was lost may be repeated', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await save(tx, tanaka, conversation.id, '一');
    expect((await save(tx, tanaka, conversation.id, '一')).version).toBe(1);
  }));

test('versions are kept; saves of the same minute keep only the last', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    const kept = () =>
      tx
        .selectFrom('draft_version')
        .select(['version', sql<string>`words ->> 'text'`.as('text')])
        .orderBy('version')
        .execute();
    await save(tx, tanaka, conversation.id, '一');
    await tx
      .updateTable('draft_version')
      .set({ saved_at: sql<Date>`now() - interval '2 minutes'` })
      .execute();
    await save(tx, tanaka, conversation.id, '二', { version: 1 });
    await save(tx, tanaka, conversation.id, '三', { version: 2 });
    expect(await kept()).toEqual([
      { version: 1, text: '一' },
      { version: 3, text: '三' },
    ]);
  }));

test('saving tells the screens and leaves no entry of 履歴', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    const { id } = await save(tx, tanaka, conversation.id, '一');
    await discardDraft(tx, tanaka, id);
    const told = await tx
      .selectFrom('event')
      .select(['kind', 'silent'])
      .where('kind', 'in', ['draft_saved', 'draft_discarded'])
      .orderBy('id')
      .execute();
    expect(told).toEqual([
      { kind: 'draft_saved', silent: true },
      { kind: 'draft_discarded', silent: true },
    ]);
    expect(await listDraftsOf(tx, tanaka)).toEqual([]);
    await expect(discardDraft(tx, tanaka, id)).rejects.toMatchObject({ code: 'compose.draft_not_found' });
  }));

test('nobody throws away, or files beside his draft, what is another’s', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    const { files, path } = await somewhere();
    const { id } = await save(tx, tanaka, conversation.id, '一');
    await expect(discardDraft(tx, sato, id)).rejects.toMatchObject({ code: 'compose.draft_not_found' });
    const { uploadId } = await keepUpload(
      tx,
      tanaka,
      { path, name: 'a.pdf', type: 'application/pdf' },
      files,
    );
    const foreign = { words: words('x', { uploadIds: [uploadId] }) };
    await expect(save(tx, sato, conversation.id, 'x', foreign)).rejects.toMatchObject({
      code: 'compose.upload_not_found',
      facts: { uploadIds: [uploadId] },
    });
  }));

test('files lie beside the draft in their order, and only those nobody used are forgotten', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    const { files, path } = await somewhere();
    const keep = (name: string, type = 'application/pdf') =>
      keepUpload(tx, tanaka, { path, name, type }, files);
    const [b, a, unused] = [await keep('b.pdf'), await keep('../../a.pdf', 'nonsense'), await keep('unused')];
    const uploadIds = [b.uploadId, a.uploadId];
    const saved = await save(tx, tanaka, conversation.id, 'x', { words: words('x', { uploadIds }) });
    expect(saved.files).toEqual([
      { uploadId: b.uploadId, name: 'b.pdf', type: 'application/pdf', size: 7 },
      { uploadId: a.uploadId, name: 'a.pdf', type: 'application/octet-stream', size: 7 },
    ]);
    await tx.updateTable('upload').set({ created_at: sql<Date>`now() - interval '3 days'` }).execute();
    await deleteUnusedUploads(tx);
    const left = await listUploads(tx, tanaka, [...uploadIds, unused.uploadId]);
    expect(left.map(({ id }) => id).sort()).toEqual([...uploadIds].sort());
  }));

test('a reply can only be to a letter of the same conversation, never to a note', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation, messageId } = await aLetter(tx, shop);
    const other = await aLetter(tx, shop);
    const note = await addNote(tx, tanaka, { conversationId: conversation.id, text: '社内のこと' });
    await save(tx, tanaka, conversation.id, 'x', { words: words('x', { messageId }) });
    for (const foreign of [other.messageId, note.messageId]) {
      const answer = { words: words('x', { messageId: foreign }), version: 1 };
      await expect(save(tx, tanaka, conversation.id, 'x', answer)).rejects.toMatchObject({
        code: 'compose.message_not_here',
      });
    }
  }));

test('a note that was left takes its draft away, not one that was begun afterwards', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await save(tx, tanaka, conversation.id, 'メモ', { kind: 'note' });
    await save(tx, tanaka, conversation.id, '返信');
    await save(tx, sato, conversation.id, '佐藤のメモ', { kind: 'note' });
    const event = (createdAt: Date) => ({
      position: 1,
      workspaceId: shop.workspaceId,
      id: newId<never>(),
      kind: 'note_added' as const,
      conversationId: conversation.id,
      mailboxId: shop.mailboxId,
      revision: 2,
      memberId: tanaka.memberId,
      facts: {},
      causeId: null,
      silent: false,
      createdAt,
    });
    const left = async () => (await listDraftsIn(tx, tanaka, conversation.id)).map(({ text }) => text);
    await closeNoteDrafts.run(tx, {}, [event(new Date(Date.now() - 60_000))]);
    expect(await left()).toEqual(['メモ', '返信', '佐藤のメモ']);
    await closeNoteDrafts.run(tx, {}, [event(new Date(Date.now() + 60_000))]);
    expect(await left()).toEqual(['返信', '佐藤のメモ']);
  }));

test('a new mail is its author’s alone, from a mailbox that he may answer from', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const begun = await beginNewMail(tx, tanaka, { mailboxId: shop.mailboxId });
    const change = { draftId: begun.id, mailboxId: shop.mailboxId, version: 1, seenRevision: 0 };
    const saved = await saveNewMail(tx, tanaka, { ...change, words: words('はじめまして') });
    expect([saved.kind, saved.text, saved.version, saved.conversationId]).toEqual([
      'new',
      'はじめまして',
      2,
      null,
    ]);
    await expect(saveNewMail(tx, sato, { ...change, words: words('x') })).rejects.toMatchObject({
      code: 'compose.draft_not_found',
    });
    const outsider = await aMember(tx, shop.workspaceId);
    await expect(beginNewMail(tx, outsider, { mailboxId: shop.mailboxId })).rejects.toMatchObject({
      code: 'compose.mailbox_not_found',
    });
  }));

test('two windows that begin the same draft at once end with one draft', async () => {
  const db = await testDb();
  try {
    const { tanaka, conversationId } = await db.transaction(async (tx) => {
      const shop = await aShop(tx);
      return { ...shop, conversationId: (await aLetter(tx, shop)).conversation.id };
    });
    const settled = await Promise.allSettled(
      Array.from({ length: 10 }, (_, at) =>
        db.transaction((tx) => save(tx, tanaka, conversationId, `窓 ${at}`)),
      ),
    );
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(new Set(refused)).toEqual(new Set(['compose.draft_changed']));
    expect(await db.transaction((tx) => listDraftsOf(tx, tanaka))).toHaveLength(1);
  } finally {
    await db.drop();
  }
});
