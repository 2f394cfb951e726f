import { type Address, DraftWords, draftLimits, type Proposal, type UploadId } from '@madoguchi/contract';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { newId } from '../../platform/index.ts';
import { fitDraft } from './fit-draft.ts';

const proposal = (given: Partial<Proposal> = {}): Proposal => ({
  messageId: null,
  to: [{ name: '小林', address: 'mayumi@midori.example' }],
  cc: [],
  bcc: [],
  subject: 'Re: お皿',
  text: '',
  quote: '> 一枚欠けていました。',
  signature: '',
  uploadIds: [],
  files: [],
  ...given,
});
const people = (count: number): Address[] =>
  Array.from({ length: count }, (_, at) => ({ name: '', address: `p${at}@midori.example` }));
const files = (count: number) => {
  const all = Array.from({ length: count }, (_, at) => ({
    uploadId: newId<UploadId>(),
    name: `写真${at}.jpg`,
    type: 'image/jpeg',
    size: 1,
  }));
  return { files: all, uploadIds: all.map(({ uploadId }) => uploadId) };
};
const fits = ({ files: _files, ...words }: Proposal) => Value.Check(DraftWords, words);

test('what fits stays as it is', () => {
  const quote = 'あ'.repeat(draftLimits.text);
  const full = proposal({
    quote,
    to: people(200),
    cc: people(200),
    subject: 'x'.repeat(2_000),
    ...files(100),
  });
  expect(fitDraft(full, 'ja')).toEqual(full);
  expect(fits(full)).toBe(true);
});

test.each([
  ['ja', /引用はここまでです。このあとの(\d+)文字を省略しました］$/],
  ['en', /shortened here: (\d+) more characters are left out\.\]$/],
] as const)('a quote that is too long ends at a line and says in %s how much is missing', (language, end) => {
  const line = `> ${'皿'.repeat(97)}\n`;
  const whole = line.repeat(12_000);
  const fitted = fitDraft(proposal({ quote: whole }), language);

  expect(fits(fitted)).toBe(true);
  const kept = fitted.quote.slice(0, fitted.quote.lastIndexOf('\n'));
  expect(whole.startsWith(`${kept}\n`)).toBe(true);
  expect(Number(end.exec(fitted.quote)?.[1])).toBe(whole.length - kept.length);
  expect(kept.length).toBeGreaterThan(draftLimits.text - 2 * line.length);
  expect(fitted.text).toBe('');
});

test('one line without an end is cut between characters', () => {
  const fitted = fitDraft(proposal({ quote: `>${'𠮷'.repeat(draftLimits.text)}` }), 'ja');
  expect([fits(fitted), fitted.quote.isWellFormed()]).toEqual([true, true]);
});

test('who is beyond two hundred is told to the writer by address, and so is what cannot be an address', () => {
  const endless = { name: '', address: `${'a'.repeat(600)}@midori.example` };
  const fitted = fitDraft(proposal({ to: [endless, ...people(203)], cc: people(201) }), 'ja');
  expect(fits(fitted)).toBe(true);
  expect([fitted.to.length, fitted.cc.length]).toEqual([200, 200]);
  expect(fitted.text).toMatch(
    /^［宛先が多すぎるため、次の5件は宛先に入っていません: p200@midori\.example, p201@.*, aaa.*…, p200@.*］\n\n$/,
  );
  const crowd = fitDraft(proposal({ cc: people(1_000) }), 'en');
  expect(crowd.text).toContain('these 800 are not addressed: p200@midori.example, ');
  expect(crowd.text).toContain('p299@midori.example and 700 more]');
});

test('a name, a subject and files beyond the limits are shortened and told', () => {
  const long = proposal({
    to: [{ name: '名'.repeat(501), address: 'mayumi@midori.example' }],
    subject: `Re: ${'件'.repeat(2_000)}`,
    ...files(102),
  });
  const fitted = fitDraft(long, 'ja');
  expect(fits(fitted)).toBe(true);
  expect(fitted.to[0]?.name).toBe(`${'名'.repeat(499)}…`);
  expect(fitted.subject.endsWith('件…')).toBe(true);
  expect(fitted.files.map(({ uploadId }) => uploadId)).toEqual(fitted.uploadIds);
  expect(fitted.text).toBe(
    '［ファイルが多すぎるため、次の2個は添付されていません: 写真100.jpg, 写真101.jpg］\n［件名が長すぎるため、途中までになっています］\n\n',
  );
});
