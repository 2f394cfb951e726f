import type { AnswerId, ConversationId, MailboxId, MessageId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { newId } from '../platform/index.ts';
import type { Known } from './known.ts';
import { type Arrival, matchConversation } from './match-conversation.ts';

const [ORDER, INFO] = [newId<MailboxId>(), newId<MailboxId>()];
const NOW = new Date('2026-11-20T00:00:00Z');
const HASH = Buffer.from('a');

const known = (messageId: string, given: Partial<Known> = {}): Known => ({
  messageId,
  id: newId<MessageId>(),
  kind: 'in',
  contentHash: Buffer.from('b'),
  fromAddress: '',
  arrivedMailboxId: ORDER,
  rawMessageId: null,
  conversationId: newId<ConversationId>(),
  mailboxId: ORDER,
  answerId: newId<AnswerId>(),
  customerId: null,
  status: 'open',
  lastMessageAt: NOW,
  ...given,
});
const arrival = (given: Partial<Arrival['letter']>, more: Partial<Arrival> = {}): Arrival => ({
  letter: { messageId: 'new', references: [], inReplyTo: [], ...given },
  contentHash: HASH,
  mailboxId: ORDER,
  receivedAt: NOW,
  addressedTo: new Set([ORDER]),
  onlyHere: false,
  ...more,
});
const match = (letter: Arrival, named: Known[], more: { children?: Known[]; same?: Known[] } = {}) =>
  matchConversation(letter, { named, children: [], same: [], ...more });

test('what we issued is believed before what others did, and the nearest id before the far one', () => {
  const [ours, theirs, near, far] = [known('o', { kind: 'out' }), known('t'), known('n'), known('f')];
  const reply = arrival({ inReplyTo: ['t'], references: ['o'] });
  expect(match(reply, [theirs, ours])).toMatchObject({
    conversationId: ours.conversationId,
    joinedBy: 'issued_id',
  });
  const deep = arrival({ references: ['f', 'n'] });
  expect(match(deep, [far, near])).toMatchObject({ conversationId: near.conversationId, parentId: near.id });
});

test('the same mailbox comes before another, even before what we issued there', () => {
  const [here, there] = [known('h'), known('t', { kind: 'out', mailboxId: INFO })];
  const reply = arrival({ inReplyTo: ['t'], references: ['h'] });
  expect(match(reply, [there, here])).toMatchObject({
    conversationId: here.conversationId,
    joinedBy: 'references',
  });
  expect(match(arrival({ inReplyTo: ['t'] }), [there])).toMatchObject({
    conversationId: there.conversationId,
    joinedBy: 'issued_id',
  });
});

test('another mailbox that gets its own copy keeps it, and shares the answer', () => {
  const there = known('t', { mailboxId: INFO });
  const toBoth = arrival({ inReplyTo: ['t'] }, { addressedTo: new Set([ORDER, INFO]) });
  expect(match(toBoth, [there])).toMatchObject({
    conversationId: null,
    answerId: there.answerId,
    joinedBy: 'new',
  });
  const copy = known('new', { mailboxId: INFO, contentHash: HASH });
  expect(match(arrival({}), [], { same: [copy] })).toMatchObject({
    conversationId: null,
    answerId: copy.answerId,
  });
  const other = known('new', { mailboxId: INFO });
  expect(match(arrival({}), [], { same: [other] })).toMatchObject({ conversationId: null, answerId: null });
});

test('a letter that names itself is not its own parent', () => {
  const twin = known('new');
  expect(match(arrival({ references: ['new'] }), [twin]).conversationId).toBeNull();
});

test('a child that came first is joined, without becoming a parent', () => {
  const child = known('c');
  expect(match(arrival({}), [], { children: [child] })).toMatchObject({
    conversationId: child.conversationId,
    parentId: null,
    joinedBy: 'references',
  });
});

test('an empty id names nothing, even where a broken message has one', () => {
  const broken = [known(''), known(' ')];
  expect(match(arrival({ inReplyTo: ['', ' '], references: [''] }), broken).conversationId).toBeNull();
});
