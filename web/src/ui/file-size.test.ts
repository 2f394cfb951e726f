import { expect, test } from 'vitest';
import { fileSize, isDisguised } from './file-size.ts';

test('a size has one unit and no false precision', () => {
  expect([812, 24_576, 1_887_437, 26_214_400].map(fileSize)).toEqual(['812 B', '24 KB', '1.8 MB', '25 MB']);
});

test('a name that runs something, or hides its ending, is disguised', () => {
  expect(isDisguised('請求書.pdf.exe')).toBe(true);
  expect(isDisguised('invoice\u202Efdp.exe ')).toBe(true);
  expect(isDisguised('請求書.pdf')).toBe(false);
});
