import { expect, test } from 'vitest';
import { requireFitPassword } from './password-policy.ts';

const OWNER = {
  email: 'aya.tanaka@komorebi.example',
  names: ['田中 彩', 'Aya Tanaka'],
  companies: ['Komorebi Zakkaten'],
};

const codeOf = (password: string): string | null => {
  try {
    requireFitPassword(password, OWNER);
    return null;
  } catch (error) {
    return Object(error).code;
  }
};

test.each([
  'correct horse battery',
  'komorebi-demo',
  'ten letters and more',
  'こもれびの下で読む本',
  'gT7#kk2!pQ',
])('"%s" may be taken', (password) => expect(codeOf(password)).toBeNull());

test.each(['short', 'nine char', 'x'.repeat(129)])('%s has no fitting length', (password) =>
  expect(codeOf(password)).toBe('accounts.password_refused'),
);

test.each([
  'password123',
  'PassWord123',
  'password2026!!',
  'Qwertyuiop',
  '1234567890',
  '9031752468',
  'aaaaaaaaaaaa',
  'ababababab',
  'Ｐａｓｓｗｏｒｄ１２３',
  'iloveyou!!1',
])('%s is among the common ones, however it is dressed', (password) =>
  expect(codeOf(password)).toBe('accounts.password_too_common'),
);

test.each([
  'aya.tanaka@komorebi.example',
  'AYA.TANAKA',
  'ayatanaka2026!',
  'Aya-Tanaka-1',
  'komorebizakkaten',
  'Komorebi Zakkaten 1',
])('%s is one’s own name, address or company', (password) =>
  expect(codeOf(password)).toBe('accounts.password_too_personal'),
);
