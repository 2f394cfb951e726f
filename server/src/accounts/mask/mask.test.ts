import type { WorkspaceId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { newId } from '../../platform/index.ts';
import { isMasked, MASKED, maskOf } from './mask.ts';
import { maskHtml } from './mask-html.ts';
import { maskJson } from './mask-json.ts';

const workspaceId = newId<WorkspaceId>();
const key = Buffer.alloc(32, 7);
const own = { addresses: new Set(['order@komorebi.example']), phones: new Set(['0312345678']) };
const mask = maskOf({ key, workspaceId, own });

/** The six signs differ by key and address; what stands around them is told here. */
const shape = (text: string) => text.replace(/#[0-9a-f]{6}/g, '#');

test('an address shows its beginning, and the same sign each time', () => {
  const one = mask.address('Mayumi@midori.example');
  expect(one).toMatch(/^may\*\*\*#[0-9a-f]{6}@mid\*\*\*$/);
  expect(mask.address('mayumi@MIDORI.example')).toBe(one);
  expect(mask.line('返信は mayumi@midori.example まで')).toBe(`返信は ${one} まで`);
});

test('an address in quotes that it does not need is the same', () => {
  expect(mask.line('550 <"a..taro"@docomo.ne.jp>')).toBe(`550 <${mask.address('a..taro@docomo.ne.jp')}>`);
});

test('two who begin alike stay apart, and without the key nobody can try out who it is', () => {
  const [one, two] = [mask.address('mayumi@midori.example'), mask.address('mayuko@midori.example')];
  expect(shape(one)).toBe(shape(two));
  expect(one).not.toBe(two);
  for (const other of [
    maskOf({ key: Buffer.alloc(32, 8), workspaceId, own }),
    maskOf({ key, workspaceId: newId<WorkspaceId>(), own }),
  ]) {
    expect(other.address('mayumi@midori.example')).not.toBe(one);
  }
});

test('what is ours is not hidden', () => {
  const text = 'order@komorebi.example に Order@Komorebi.example と書く。TEL 03-1234-5678';
  expect(mask.text(text)).toBe(text);
  expect(mask.address('order@komorebi.example')).toBe('order@komorebi.example');
});

test.each([
  ['a..b@docomo.ne.jp', 'a..***#@doc***'],
  ['mayumi.@docomo.ne.jp', 'may***#@doc***'],
  ['"小林 真由美"@midori.example', '小林真***#@mid***'],
  ['日本@例え.jp', '日本***#@例え.***'],
  ['user@xn--r8jz45g.jp', 'use***#@xn-***'],
  ['ｍａｙｕｍｉ＠ｍｉｄｏｒｉ．ｅｘａｍｐｌｅ', 'may***#@mid***'],
  ['user@[192.0.2.7]', 'use***#@[19***'],
  ['root@192.0.2.7', 'roo***#@192***'],
  ['mayumi@intra', 'may***#@int***'],
  ['a+b=c@x.example', 'a+b***#@x.e***'],
  ['undisclosed-recipients:;', 'undisclosed-recipients:;'],
])('an odd address %s is hidden as well', (address, shown) => {
  expect(shape(mask.address(address))).toBe(shown);
  expect(shape(mask.line(address))).toBe(shown);
});

test.each([
  ['連絡はmayumi@midori.exampleまで。', '連絡はmay***#@mid***まで。'],
  ['<mayumi@midori.example>, "山田" <taro@sakura.example>', '<may***#@mid***>, "山田" <tar***#@sak***>'],
  [
    'https://shop.example/out?mail=mayumi%40midori.example&x=1',
    'https://shop.example/out?mail=may***#@mid***&x=1',
  ],
  ['mayumi @ midori.example', 'may***#@mid***'],
  ['may\u200bumi@\u00admidori.example', 'may***#@mid***'],
  ['mayumi@midori.example.', 'may***#@mid***.'],
  ['お返事は mayumi@mid', 'お返事は may***#@mid***'],
  ['お返事は mayumi@', 'お返事は may***#@-***'],
  ['1個 @ 500円、5@100', '1個 @ 500円、5@100'],
  ['@komorebi をフォロー', '@komorebi をフォロー'],
])('in a text: %s', (text, shown) => {
  expect(shape(mask.line(text))).toBe(shown);
});

test('what is masked stays as it is', () => {
  const text = mask.text('mayumi@midori.example、電話 090-1234-5678');
  expect(mask.text(text)).toBe(text);
  expect(text.match(MASKED)).toHaveLength(2);
  expect(text.match(MASKED)?.every(isMasked)).toBe(false);
  expect(isMasked(mask.address('mayumi@midori.example'))).toBe(true);
});

test('a run without end is read once, and ends', () => {
  const text = `${'a'.repeat(300_000)}@${'b.'.repeat(300_000)} ${'@'.repeat(100_000)}`;
  expect(mask.text(text).length).toBeLessThan(text.length + 100);
});

test.each([
  ['03-1234-5679', '***5679#'],
  ['(03)1234-5679', '***5679#'],
  ['03(1234)5679', '***5679#'],
  ['0467-22-3456 まで', '***3456# まで'],
  ['090 1234 5678', '***5678#'],
  ['携帯は09012345678です', '携帯は***5678#です'],
  ['０９０－１２３４－５６７８', '***5678#'],
  ['0120-123-456', '***3456#'],
  ['+81 90-1234-5678', '***5678#'],
  ['+81-(0)90-1234-5678', '***5678#'],
  ['+1 (415) 555-2671', '***2671#'],
  ['TEL:0467223456', 'TEL:***3456#'],
  ['電話番号：0467223456', '電話番号：***3456#'],
])('a telephone number is hidden: %s', (text, shown) => {
  expect(shape(mask.text(text))).toBe(shown);
  expect(mask.line(text)).toBe(text);
});

test('one number is one sign, written at home or from abroad', () => {
  expect(mask.text('+81 90-1234-5678')).toBe(mask.text('090-1234-5678'));
});

test.each([
  '注文番号 0467223456',
  'ご注文番号：03-1234-5679',
  '追跡番号 0123-4567-8901',
  'お問い合わせ番号：090-1234-5678',
  'Order #09012345678',
  'No. 03-1234-5679',
  '2026-11-20 11:28',
  '0467223456',
  'AB-090-1234-5678-1',
  '1234-5678-9012',
  '9784101010014',
  '0.09012345678',
])('a number that is none stays: %s', (text) => {
  expect(mask.text(text)).toBe(text);
});

test('a page hides addresses in its words, its links and behind its mark-up', () => {
  const page = maskHtml(
    mask,
    '<p>mayumi@midori.example</p><a href="mailto:mayumi@midori.example?subject=x" title="&quot;a b&quot;@x.example">書く</a>',
  );
  expect(page).toContain('<a href="mailto:may***#');
  expect(page).toContain('書く</a>');
  expect(page).not.toMatch(/mayumi|midori|a b/);
  for (const divided of [
    'may<b>umi</b>@midori.example',
    'mayumi&#64;midori.example',
    'mayumi@<wbr>midori.example',
    '090<i>-1234</i>-5678',
    'may&shy;umi&commat;midori.example',
  ]) {
    expect(maskHtml(mask, `<p>${divided}</p>`)).not.toMatch(/umi|midori|1234/);
  }
});

test('every string of an answer is masked, wherever it stands', () => {
  const body = {
    items: [{ name: 'mayumi@midori.example', deep: { reply: '550 <mayumi@midori.example>: no such user' } }],
    facts: { addresses: ['mayumi@midori.example', 'order@komorebi.example'] },
    'mayumi@midori.example': 1,
    text: '090-1234-5678',
    id: '090-1234-5678',
    n: 3,
    none: null,
  };
  const masked = maskJson(mask, JSON.stringify(body));
  expect(masked).not.toContain('mayumi');
  expect(JSON.parse(masked)).toMatchObject({
    facts: { addresses: [mask.address('mayumi@midori.example'), 'order@komorebi.example'] },
    id: '090-1234-5678',
    n: 3,
    none: null,
  });
  expect(JSON.parse(masked).text).not.toContain('1234');
});

test('an address that a cut text ends in is not shown by half', () => {
  const snippet = `${'あ'.repeat(151)} mayumi.k`;
  expect(JSON.parse(maskJson(mask, JSON.stringify({ snippet }))).snippet).toBe(`${'あ'.repeat(151)} …`);
  const short = { snippet: 'Regards, mayumi' };
  expect(JSON.parse(maskJson(mask, JSON.stringify(short)))).toEqual(short);
});
