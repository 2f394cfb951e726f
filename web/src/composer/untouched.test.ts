import { expect, test } from 'vitest';
import { isUntouched } from './untouched.ts';
import { noWords } from './use-draft.ts';

test('a new mail with nothing but its signature is untouched', () => {
  expect(isUntouched({ ...noWords, signature: '-- \nすずらん商店' } as typeof noWords)).toBe(true);
  expect(isUntouched({ ...noWords, text: '\n ' })).toBe(true);
});

test('a recipient, a subject, a word or a file each make it worth keeping', () => {
  const to = { name: '', address: 'kita@kita.example' };
  const uploadId = 'u1' as (typeof noWords.uploadIds)[number];
  for (const part of [{ to: [to] }, { cc: [to] }, { bcc: [to] }, { subject: '件名' }, { text: 'あ' }]) {
    expect(isUntouched({ ...noWords, ...part })).toBe(false);
  }
  expect(isUntouched({ ...noWords, uploadIds: [uploadId] })).toBe(false);
});
