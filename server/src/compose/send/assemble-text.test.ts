import { expect, test } from 'vitest';
import { assembleText } from './assemble-text.ts';
import { checkRecipients } from './check-recipients.ts';

const a = (address: string) => ({ name: '', address });

test('words, signature and quote follow each other, and joined they are the whole text', () => {
  const pieces = assembleText({ text: '返信です。\n', signature: '受注係', quote: '> 本文' });
  expect(pieces.map(({ kind }) => kind)).toEqual(['new', 'signature', 'quote']);
  expect(pieces.map(({ text }) => text).join('')).toBe('返信です。\n\n受注係\n\n> 本文\n');
});

test('what is empty leaves no gap', () => {
  expect(assembleText({ text: '返信です。', signature: '', quote: '' })).toEqual([
    { kind: 'new', text: '返信です。\n' },
  ]);
  expect(assembleText({ text: '', signature: '', quote: '' })).toEqual([]);
});

test('the envelope names everyone once, hidden ones too', () => {
  const to = [a('x@midori.example'), a('a..b@docomo.example')];
  expect(checkRecipients({ to, cc: [a('X@midori.example')], bcc: [a('y@midori.example')] })).toEqual([
    'X@midori.example',
    '"a..b"@docomo.example',
    'y@midori.example',
  ]);
});

test('a letter to nobody is refused, and one to an impossible address says which', () => {
  expect(() => checkRecipients({ to: [], cc: [], bcc: [] })).toThrow(
    expect.objectContaining({ code: 'compose.recipient_needed' }),
  );
  expect(() =>
    checkRecipients({ to: [a('x@midori.example'), a('nobody')], cc: [], bcc: [a('a b@c.example')] }),
  ).toThrow(
    expect.objectContaining({
      code: 'compose.address_unusable',
      facts: { addresses: ['nobody', 'a b@c.example'] },
    }),
  );
});
