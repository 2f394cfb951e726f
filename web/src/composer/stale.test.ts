import type { MemberId, Message } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { seenAt, staleness } from './stale.ts';

const me = 'me' as MemberId;
const sato = 'sato' as MemberId;
const at = (revision: number, kind: Message['kind'], memberId: MemberId | null = null) =>
  ({ revision, kind, memberId, from: { name: '小林', address: 'k@x.example' } }) as Message;
const said = [at(1, 'in'), at(2, 'out', sato)];

test('nothing new, nothing stale', () => {
  expect(staleness(said, { revision: 2, answerRevision: 2 }, { answer: 2, here: 2 }, me)).toBeNull();
});

test('a letter that came while writing stops the sending, with its name', () => {
  expect(
    staleness([...said, at(3, 'in')], { revision: 3, answerRevision: 3 }, { answer: 2, here: 2 }, me),
  ).toMatchObject({
    kind: 'customer',
    name: '小林',
  });
});

test("one's own note raises no alarm", () => {
  expect(
    staleness([...said, at(3, 'note', me)], { revision: 3, answerRevision: 3 }, { answer: 2, here: 2 }, me),
  ).toBeNull();
});

test("a colleague's note and answer stop it, in their own words", () => {
  const of = (kind: Message['kind']) =>
    staleness([...said, at(3, kind, sato)], { revision: 3, answerRevision: 3 }, { answer: 2, here: 2 }, me)
      ?.kind;
  expect(of('note')).toBe('note');
  expect(of('out')).toBe('answer');
});

test('a customer is named before a colleague who came later', () => {
  const messages = [...said, at(3, 'in'), at(4, 'note', sato)];
  expect(staleness(messages, { revision: 4, answerRevision: 4 }, { answer: 2, here: 2 }, me)?.kind).toBe(
    'customer',
  );
});

test('something said in a copy of the conversation counts, though it is not to be seen here', () => {
  expect(staleness(said, { revision: 2, answerRevision: 3 }, { answer: 2, here: 2 }, me)).toEqual({
    kind: 'elsewhere',
  });
});

test('a draft begun at an earlier revision has not seen what was said since', () => {
  const revisions = { revision: 3, answerRevision: 5 };
  expect(staleness([...said, at(3, 'in')], revisions, seenAt(revisions, 4), me)?.kind).toBe('customer');
});
