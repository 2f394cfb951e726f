import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConversationId, DraftKind, DraftWords, MemberId, UploadId } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leaveMember, type MemberActor, returnMember } from '../../accounts/index.ts';
import { assignConversation } from '../../conversation/index.ts';
import { type FeedEvent, newId, openFiles, type Tx } from '../../platform/index.ts';
import { aLetter } from '../../testing/a-letter.ts';
import { aShop, type Shop } from '../../testing/a-shop.ts';
import { aMember, withTx } from '../../testing/index.ts';
import { saveDraft } from '../draft/save-draft.ts';
import { listDraftsIn, listDraftsOf } from '../draft/store.ts';
import { beginNewMail, saveNewMail } from '../draft/write-new-mail.ts';
import { handOverLeaversDrafts } from '../jobs.ts';
import { keepUpload } from '../upload/keep-upload.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-hand-over-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const words = (text: string, uploadIds: UploadId[] = []): DraftWords => ({
  messageId: null,
  to: [{ name: '小林', address: 'mayumi@midori.example' }],
  cc: [],
  bcc: [],
  subject: 'Re: お皿',
  text,
  quote: '',
  signature: '田中',
  uploadIds,
});

const write = (
  tx: Tx,
  actor: MemberActor,
  conversationId: ConversationId,
  kind: Exclude<DraftKind, 'new'>,
  text: string,
  uploadIds: UploadId[] = [],
) =>
  saveDraft(tx, actor, {
    conversationId,
    kind,
    words: words(text, uploadIds),
    version: 0,
    seenRevision: 1,
  });

async function aFile(tx: Tx, actor: MemberActor, name: string): Promise<UploadId> {
  const path = join(folder, newId<string>());
  await writeFile(path, name);
  return (await keepUpload(tx, actor, { path, name, type: 'text/plain' }, openFiles(folder))).uploadId;
}

const event = ({ workspaceId }: Shop, facts: FeedEvent['facts']): FeedEvent => ({
  position: 1,
  workspaceId,
  id: newId(),
  kind: 'member_left',
  conversationId: null,
  mailboxId: null,
  revision: null,
  memberId: null,
  facts,
  causeId: null,
  silent: false,
  createdAt: new Date(),
});

/** 田中 leaves, by the operation and by its event, which is told twice. */
async function leave(tx: Tx, shop: Shop, successorId: MemberId | null): Promise<void> {
  const { memberId } = shop.tanaka;
  await leaveMember(tx, shop.sato, 'left', { memberId, successorId });
  const events = [event(shop, { memberId, successorId })];
  await handOverLeaversDrafts.run(tx, {}, events);
  await handOverLeaversDrafts.run(tx, {}, events);
}

const closedOf = (tx: Tx, { workspaceId, tanaka }: Shop) =>
  tx
    .selectFrom('draft')
    .select(['closed_as', 'text'])
    .where('workspace_id', '=', workspaceId)
    .where('author_id', '=', tanaka.memberId)
    .orderBy('id')
    .execute();

test('words that were not sent become the successor’s own, with their files, and stay the leaver’s as history', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { tanaka, sato, mailboxId } = shop;
    const { conversation } = await aLetter(tx, shop);
    const files = [await aFile(tx, tanaka, 'b.txt'), await aFile(tx, tanaka, 'a.txt')];
    await write(tx, tanaka, conversation.id, 'reply', '田中の返信', files);
    const mail = await beginNewMail(tx, tanaka, { mailboxId });
    await saveNewMail(tx, tanaka, {
      draftId: mail.id,
      mailboxId,
      words: words('新しいメール'),
      version: mail.version,
      seenRevision: 0,
    });

    await leave(tx, shop, sato.memberId);

    const his = await listDraftsOf(tx, sato);
    const summary = his.map(({ kind, text, version, seenRevision }) => ({
      kind,
      text,
      version,
      seenRevision,
    }));
    expect(summary).toHaveLength(2);
    expect(summary).toContainEqual({ kind: 'reply', text: '田中の返信', version: 1, seenRevision: 1 });
    expect(summary).toContainEqual({ kind: 'new', text: '新しいメール', version: 1, seenRevision: 0 });
    const reply = his.find(({ kind }) => kind === 'reply');
    expect(reply?.files.map(({ name }) => name)).toEqual(['b.txt', 'a.txt']);
    // The files are his: he may save the draft with them.
    const again = words(
      '佐藤が続けた',
      reply?.files.map(({ uploadId }) => uploadId),
    );
    const saved = await saveDraft(tx, sato, {
      conversationId: conversation.id,
      kind: 'reply',
      words: again,
      version: 1,
      seenRevision: 1,
    });
    expect(saved.files).toHaveLength(2);
    expect(await closedOf(tx, shop)).toEqual([
      { closed_as: 'handed_over', text: '田中の返信' },
      { closed_as: 'handed_over', text: '新しいメール' },
    ]);
  }));

test('where the successor has begun one of that kind, both stay and colleagues see both', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { tanaka, sato } = shop;
    const { conversation } = await aLetter(tx, shop);
    await write(tx, tanaka, conversation.id, 'reply', '田中の返信');
    await write(tx, tanaka, conversation.id, 'note', '田中のメモ');
    await write(tx, sato, conversation.id, 'reply', '佐藤の返信');
    await leave(tx, shop, sato.memberId);
    const here = await listDraftsIn(tx, sato, conversation.id);
    expect(here.map(({ authorId, kind, text }) => [authorId, kind, text])).toEqual([
      [tanaka.memberId, 'reply', '田中の返信'],
      [sato.memberId, 'reply', '佐藤の返信'],
      [sato.memberId, 'note', '田中のメモ'],
    ]);
  }));

test('without a successor all stays as it is, and is there again when he comes back', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { tanaka, sato, mailboxId } = shop;
    const { conversation } = await aLetter(tx, shop);
    await write(tx, tanaka, conversation.id, 'reply', '田中の返信');
    await beginNewMail(tx, tanaka, { mailboxId });
    await leave(tx, shop, null);
    expect((await listDraftsIn(tx, sato, conversation.id)).map(({ text }) => text)).toEqual(['田中の返信']);
    expect(await listDraftsOf(tx, sato)).toEqual([]);
    await returnMember(tx, sato, tanaka);
    expect((await listDraftsOf(tx, tanaka)).map(({ kind }) => kind).sort()).toEqual(['new', 'reply']);
  }));

test('a successor gets nothing to write where he may not write', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { tanaka, mailboxId, workspaceId } = shop;
    const { conversation } = await aLetter(tx, shop);
    const elsewhere = await aMember(tx, workspaceId);
    const noter = await aMember(tx, workspaceId, {
      permissions: ['conversation.see', 'conversation.note'],
      mailboxIds: [mailboxId],
    });
    await write(tx, tanaka, conversation.id, 'reply', '田中の返信');
    await write(tx, tanaka, conversation.id, 'note', '田中のメモ');
    await beginNewMail(tx, tanaka, { mailboxId });
    await leave(tx, shop, null);
    const from = { memberId: tanaka.memberId };
    await handOverLeaversDrafts.run(tx, {}, [event(shop, { ...from, successorId: elsewhere.memberId })]);
    expect((await closedOf(tx, shop)).map(({ closed_as }) => closed_as)).toEqual([null, null, null]);
    const facts = { ...from, successorId: noter.memberId };
    await handOverLeaversDrafts.run(tx, {}, [event(shop, facts)]);
    expect((await listDraftsOf(tx, noter)).map(({ kind }) => kind)).toEqual(['note']);
  }));

test('a successor who sees only what is his gets the words of what lay on the leaver', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { tanaka, sato, mailboxId, workspaceId } = shop;
    const narrow = await aMember(tx, workspaceId, { mailboxIds: [mailboxId], scope: 'assigned' });
    const [his, free] = [await aLetter(tx, shop), await aLetter(tx, shop)];
    await assignConversation(tx, sato, {
      conversationId: his.conversation.id,
      assigneeId: tanaka.memberId,
      seenAssigneeId: null,
    });
    await write(tx, tanaka, his.conversation.id, 'reply', '担当の返信');
    await write(tx, tanaka, free.conversation.id, 'reply', '担当でない返信');
    await leave(tx, shop, narrow.memberId);
    expect(await closedOf(tx, shop)).toEqual([
      { closed_as: 'handed_over', text: '担当の返信' },
      { closed_as: null, text: '担当でない返信' },
    ]);
  }));

test('who came back before his leaving was read keeps his words', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { tanaka, sato } = shop;
    const { conversation } = await aLetter(tx, shop);
    await write(tx, tanaka, conversation.id, 'reply', '田中の返信');
    const facts = { memberId: tanaka.memberId, successorId: sato.memberId };
    await handOverLeaversDrafts.run(tx, {}, [event(shop, facts)]);
    expect((await listDraftsOf(tx, tanaka)).map(({ text }) => text)).toEqual(['田中の返信']);
  }));
