import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConversationId, type DraftId, DraftWords } from '@madoguchi/contract';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import type { MemberActor } from '../../accounts/index.ts';
import { newId, openFiles, type Tx } from '../../platform/index.ts';
import { aLetter } from '../../testing/a-letter.ts';
import { aShop } from '../../testing/a-shop.ts';
import { withTx } from '../../testing/index.ts';
import { saveDraft } from '../draft/save-draft.ts';
import { insertUpload } from '../upload/store.ts';
import { proposeDraft } from './propose-draft.ts';

const files = openFiles(await mkdtemp(join(tmpdir(), 'madoguchi-proposal-')));

/** What 佐藤 left: words, recipients, an emptied quote and a file of his. */
async function aLeftDraft(tx: Tx, sato: MemberActor, conversationId: ConversationId) {
  const stored = await files.put(tx, sato.workspaceId, Buffer.from('見積'));
  const { uploadId } = await insertUpload(tx, sato, { ...stored, name: '見積.pdf', type: 'application/pdf' });
  const proposed = await proposeDraft(tx, sato, { conversationId, messageId: null, kind: 'reply' });
  const cc = [{ name: '', address: 'boss@midori.example' }];
  const words = {
    ...proposed,
    text: '在庫を確かめ',
    cc,
    quote: '',
    signature: '佐藤',
    uploadIds: [uploadId],
  };
  return saveDraft(tx, sato, { conversationId, kind: 'reply', words, version: 0, seenRevision: 1 });
}

test('who goes on with a colleague’s left draft has his words and his files, under an own signature', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation, messageId } = await aLetter(tx, shop);
    const conversationId = conversation.id;
    const left = await aLeftDraft(tx, sato, conversationId);
    const question = { conversationId, messageId: null, kind: 'reply', draftId: left.id } as const;

    const proposed = await proposeDraft(tx, tanaka, question);

    const { to, cc, text } = left;
    expect(proposed).toMatchObject({ messageId, to, cc, text, quote: '', signature: '' });
    expect(proposed.files.map(({ name, size }) => [name, size])).toEqual([['見積.pdf', 6]]);
    // They are his own now: he can save them, and asking again makes no more of them.
    const save = { conversationId, kind: 'reply', words: proposed, version: 0, seenRevision: 1 } as const;
    expect((await saveDraft(tx, tanaka, save)).files).toEqual(proposed.files);
    expect((await proposeDraft(tx, tanaka, question)).uploadIds).toEqual(proposed.uploadIds);
  }));

test('a draft of another conversation or another kind is none to go on with', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const [here, there] = [await aLetter(tx, shop), await aLetter(tx, shop)];
    const left = await aLeftDraft(tx, sato, there.conversation.id);
    const ask = (conversationId: ConversationId, kind: 'reply' | 'forward', draftId: DraftId) =>
      proposeDraft(tx, tanaka, { conversationId, messageId: null, kind, draftId });
    for (const asked of [
      ask(here.conversation.id, 'reply', left.id),
      ask(there.conversation.id, 'forward', left.id),
      ask(there.conversation.id, 'reply', newId<DraftId>()),
    ])
      await expect(asked).rejects.toMatchObject({ code: 'compose.draft_not_found' });
  }));

test.each(['reply_all', 'forward'] as const)(
  'a %s of a letter that is too large for a draft can be saved',
  (kind) =>
    withTx(async (tx) => {
      const { tanaka, ...shop } = await aShop(tx);
      const to = Array.from({ length: 300 }, (_, at) => ({ name: '', address: `p${at}@midori.example` }));
      const letter = { to, subject: '件'.repeat(2_500), text: '皿が欠けていました。\n'.repeat(100_000) };
      const { conversation } = await aLetter(tx, shop, letter);
      const { files: _files, ...words } = await proposeDraft(tx, tanaka, {
        conversationId: conversation.id,
        messageId: null,
        kind,
      });
      expect(Value.Check(DraftWords, words)).toBe(true);
      expect(words.quote).toMatch(/文字を省略しました］$/);
      expect(words.text.includes('次の101件は宛先に入っていません')).toBe(kind === 'reply_all');
    }),
);
