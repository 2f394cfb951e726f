import { expect, test } from 'vitest';
import { nextRecipients } from './outgoing.ts';

const failedAt = (address: string) => ({ address, reason: '5.1.1', reply: '550', isTemporary: false });

test('only those that failed are tried again', () => {
  const envelopeTo = ['a@mail.example', 'B@mail.example'];
  expect(nextRecipients({ envelopeTo, failed: [failedAt('b@mail.example')] })).toEqual(['B@mail.example']);
  expect(nextRecipients({ envelopeTo, failed: [] })).toEqual(envelopeTo);
});

test('a report on an address behind ours is about the only recipient, or about nobody we can name', () => {
  const failed = [failedAt('forwarded@elsewhere.example')];
  expect(nextRecipients({ envelopeTo: ['a@mail.example'], failed })).toEqual(['a@mail.example']);
  expect(nextRecipients({ envelopeTo: ['a@mail.example', 'b@mail.example'], failed })).toEqual([]);
});
