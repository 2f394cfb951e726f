import { type ConversationId, eventKinds, type LiveLine } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { keys } from './keys.ts';
import { STALE, staleAfter } from './stale.ts';

const line = (kind: string, id: string | null = 'c1'): LiveLine => ({
  position: 1,
  kind,
  conversationId: id as ConversationId | null,
  mailboxId: null,
  revision: null,
});

/** Shown on no page yet, and told to no stream. */
const UNSEEN = ['exported'];

test('every kind of event says what it makes stale', () => {
  const silent = eventKinds.filter((kind) => STALE[kind](line(kind)).length === 0);
  expect(silent).toEqual(UNSEEN);
});

test('a received message makes its conversation, the lists and the counts stale', () => {
  const stale = staleAfter([line('message_received')]);
  expect(stale).toContainEqual(keys.messages('c1'));
  expect(stale).toContainEqual(keys.lists());
  expect(stale).toContainEqual(keys.counts());
});

test('a colleague who holds an answer does not make the messages stale', () => {
  expect(staleAfter([line('hold_taken')])).not.toContainEqual(keys.messages('c1'));
});

test('many lines of one conversation name each answer once', () => {
  const stale = staleAfter([line('assigned'), line('assigned'), line('status_changed')]);
  expect(stale.filter((key) => JSON.stringify(key) === JSON.stringify(keys.lists()))).toHaveLength(1);
});

test('a kind that this page does not know is treated as something said', () => {
  expect(staleAfter([line('labelled')])).toContainEqual(keys.messages('c1'));
});

test('an event without a conversation names no conversation', () => {
  expect(staleAfter([line('message_received', null)]).map((key) => key[0])).not.toContain('conversation');
});
