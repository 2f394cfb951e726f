import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Delivered, findFaults, settle } from './compare.ts';
import { compareThreads } from './compare-threads.ts';
import type { Letter } from './letters.ts';
import type { Kept } from './read-house.ts';

const aLetter = (name: string, given: Partial<Letter> = {}): Letter => ({
  name,
  bytes: Buffer.from(name),
  door: 'imap',
  envelope: { from: '', to: '' },
  address: 'order@komorebi.example',
  copies: name,
  truth: null,
  ...given,
});

const aKept = (name: string, given: Partial<Kept> = {}): Kept => ({
  rawId: `raw ${name}`,
  place: name,
  sha256: createHash('sha256').update(name).digest('hex'),
  state: 'taken',
  reason: null,
  duplicateOf: null,
  conversationIds: [`conversation ${name}`],
  messageIds: [`message ${name}`],
  bounces: 0,
  ...given,
});

const duplicate = (of: string | null): Partial<Kept> => ({
  state: 'duplicate',
  duplicateOf: of,
  messageIds: [],
  conversationIds: [],
});

const byImap = (letter: Letter): Delivered => ({ letter, place: letter.name });
const faultsOf = (deliveries: Delivered[], kept: Kept[]) =>
  findFaults(settle(deliveries, kept), new Set(kept.flatMap(({ messageIds }) => messageIds)));

test('a letter that is one visible message is accounted for, by its UID or by its bytes', () => {
  const bySmtp = { letter: aLetter('b'), place: null };
  expect(faultsOf([byImap(aLetter('a')), bySmtp], [aKept('a'), aKept('b', { place: null })])).toEqual([]);
});

test('a letter that nobody kept is named', () => {
  expect(faultsOf([byImap(aLetter('a'))], [])).toContain('a (a) is lost');
});

test('a letter still waiting, ignored, or taken without a message is a fault', () => {
  for (const given of [{ state: 'waiting' }, { state: 'ignored' }, { messageIds: [] }]) {
    expect(faultsOf([byImap(aLetter('a'))], [aKept('a', given)])).not.toEqual([]);
  }
});

test('a message that the API does not show is a fault', () => {
  expect(findFaults(settle([byImap(aLetter('a'))], [aKept('a')]), new Set())).toEqual([
    'a (a) is a message that nobody sees',
  ]);
});

test('of two copies one is a message and the other its duplicate', () => {
  const copies = [byImap(aLetter('a')), byImap(aLetter('b', { copies: 'a' }))];
  expect(faultsOf(copies, [aKept('a'), aKept('b', duplicate('raw a'))])).toEqual([]);
  expect(faultsOf(copies, [aKept('a'), aKept('b')])).toEqual(['a (a) = b (b): 2 messages of one letter']);
});

test('a duplicate that the truth does not name is a lost letter', () => {
  const two = [byImap(aLetter('a')), byImap(aLetter('b'))];
  expect(faultsOf(two, [aKept('a'), aKept('b', duplicate('raw a'))])).toEqual([
    'b (b): 0 messages of one letter',
    'b (b) counts as a duplicate of another letter',
  ]);
});

test('of pairs in one conversation and pairs that headers connect, the right ones are counted', () => {
  const truth = (id: number, parent: number | null, thread: string, link: string) => ({
    truth: { id, parent, thread_id: thread, link },
  });
  const letters = [
    aLetter('root', truth(1, null, 't1', 'root')),
    aLetter('reply', truth(2, 1, 't1', 'headers')),
    aLetter('apart', truth(3, 2, 't1', 'in-reply-to')),
    aLetter('stranger', truth(4, null, 't2', 'root')),
    aLetter('by subject', truth(5, 1, 't1', 'subject-only')),
  ];
  const together = { conversationIds: ['c'] };
  const kept = letters.map(({ name }) =>
    aKept(name, ['root', 'reply', 'stranger'].includes(name) ? together : {}),
  );
  expect(compareThreads(settle(letters.map(byImap), kept))).toEqual({
    joined: 3,
    rightlyJoined: 1,
    connected: 3,
    foundConnected: 1,
    wronglyJoined: ['root with stranger', 'reply with stranger'],
    missed: ['apart (imap, in-reply-to) answers reply (imap)'],
  });
});
