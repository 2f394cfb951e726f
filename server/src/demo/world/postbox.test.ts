import { expect, test } from 'vitest';
import type { KeptLetter } from '../diary.ts';
import { openPostbox } from './postbox.ts';

const letter = (given: Partial<KeptLetter>): KeptLetter => ({
  id: 'one@mail.example',
  customer: 'a@mail.example',
  direction: 'received',
  from: '',
  to: '',
  subject: '',
  text: '',
  at: '2026-11-20T01:00:00.000Z',
  references: [],
  ...given,
});

test('a customer finds his own letters, the newest first, however his address is written', () => {
  const postbox = openPostbox([letter({ id: 'old' }), letter({ id: 'other', customer: 'b@mail.example' })]);
  postbox.keep(letter({ id: 'new', at: '2026-11-20T02:00:00.000Z', customer: 'A@mail.example' }));
  expect(postbox.of('a@mail.example').map(({ id }) => id)).toEqual(['new', 'old']);
});

test('a letter that comes twice is kept once', () => {
  const postbox = openPostbox([letter({}), letter({})]);
  expect(postbox.of('a@mail.example')).toHaveLength(1);
});

test('the oldest letters and the customers who were silent longest make room', () => {
  const postbox = openPostbox([letter({ customer: 'first@mail.example' })]);
  for (let no = 0; no < 150; no += 1)
    postbox.keep(letter({ id: `${no}`, at: new Date(no * 1000).toISOString() }));
  expect(postbox.of('a@mail.example')).toHaveLength(100);
  expect(postbox.of('a@mail.example').at(-1)?.id).toBe('50');
  for (let no = 0; no < 200; no += 1) postbox.keep(letter({ customer: `${no}@mail.example` }));
  expect(postbox.of('first@mail.example')).toHaveLength(0);
  expect(postbox.of('199@mail.example')).toHaveLength(1);
});
