import type { MemberId, WorkspaceId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { newId } from '../../platform/index.ts';
import { houseActor } from '../actor.ts';
import { isMasked, MASKED, maskOf } from './mask.ts';
import { maskHtml } from './mask-html.ts';
import { maskJson, type Reader } from './mask-json.ts';

const workspaceId = newId<WorkspaceId>();
const key = Buffer.alloc(32, 7);
const own = { addresses: new Set(['order@komorebi.example']), phones: new Set(['0312345678']) };
const mask = maskOf({ key, workspaceId, own });
const letter = mask.within('letter 1');
const reader = { memberId: newId<MemberId>(), previewedBy: null };

/** The six signs differ by key and address; what stands around them is told here. */
const shape = (text: string) => text.replace(/#[0-9a-f]{6}/g, '#');

test('an address shows its beginning and nothing that could be compared', () => {
  expect(mask.address('Mayumi@midori.example')).toBe('may***@mid***');
  expect(mask.line('返信は mayumi@midori.example まで')).toBe('返信は may***@mid*** まで');
  expect(mask.address('mayuko@midori.example')).toBe(mask.address('mayumi@midori.example'));
});

test('what is sent back has a sign that leads to it, the same each time within one letter', () => {
  const one = letter.address('Mayumi@midori.example');
  expect(one).toMatch(/^may\*\*\*#[0-9a-f]{6}@mid\*\*\*$/);
  expect(letter.address('mayumi@MIDORI.example')).toBe(one);
  expect(letter.line('返信は mayumi@midori.example まで')).toBe(`返信は ${one} まで`);
  expect(letter.known('mayumi@midori.example')).toEqual([[one, 'mayumi@midori.example']]);
});

test('an address in quotes that it does not need is the same', () => {
  expect(letter.line('550 <"a..taro"@docomo.ne.jp>')).toBe(`550 <${letter.address('a..taro@docomo.ne.jp')}>`);
});

test('two who begin alike stay apart within a letter, and no other letter tells who it is', () => {
  const [one, two] = [letter.address('mayumi@midori.example'), letter.address('mayuko@midori.example')];
  expect(shape(one)).toBe(shape(two));
  expect(one).not.toBe(two);
  for (const other of [
    mask.within('letter 2'),
    maskOf({ key: Buffer.alloc(32, 8), workspaceId, own }).within('letter 1'),
    maskOf({ key, workspaceId: newId<WorkspaceId>(), own }).within('letter 1'),
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
  ['a..b@docomo.ne.jp', 'a..***@doc***'],
  ['mayumi.@docomo.ne.jp', 'may***@doc***'],
  ['"小林 真由美"@midori.example', '小林真***@mid***'],
  ['日本@例え.jp', '日本***@例え.***'],
  ['user@xn--r8jz45g.jp', 'use***@xn-***'],
  ['ｍａｙｕｍｉ＠ｍｉｄｏｒｉ．ｅｘａｍｐｌｅ', 'may***@mid***'],
  ['user@[192.0.2.7]', 'use***@[19***'],
  ['root@192.0.2.7', 'roo***@192***'],
  ['mayumi@intra', 'may***@int***'],
  ['a+b=c@x.example', 'a+b***@x.e***'],
  ['undisclosed-recipients:;', 'undisclosed-recipients:;'],
])('an odd address %s is hidden as well', (address, shown) => {
  expect(mask.address(address)).toBe(shown);
  expect(mask.line(address)).toBe(shown);
});

test.each([
  ['連絡はmayumi@midori.exampleまで。', '連絡はmay***@mid***まで。'],
  ['<mayumi@midori.example>, "山田" <taro@sakura.example>', '<may***@mid***>, "山田" <tar***@sak***>'],
  [
    'https://shop.example/out?mail=mayumi%40midori.example&x=1',
    'https://shop.example/out?mail=may***@mid***&x=1',
  ],
  ['mayumi @ midori.example', 'may***@mid***'],
  ['mayumi  @midori.example', 'may***@mid***'],
  ['mayumi[at]midori.example', 'may***@mid***'],
  ['mayumi (at) midori (dot) example です', 'may***@mid*** です'],
  ['mayumi（アットマーク）midori.example', 'may***@mid***'],
  ['mayumi at midori.example', 'may***@mid***'],
  ['mayumi★midori.example（★を＠に）', 'may***@mid***（★を＠に）'],
  ['mayumi_at_midori.example', 'may***@mid***'],
  ['mayumi＠midori．example', 'may***@mid***'],
  ['𝐦𝐚𝐲𝐮𝐦𝐢@midori.example', 'may***@mid***'],
  ['ma\u200dyu\u2060mi\u200b@\u200bmidori.exa\u00admple', 'may***@mid***'],
  ['mailto:%6Dayumi%40midori%2Eexample?subject=x', 'mailto:may***@mid***?subject=x'],
  ['may&#117;mi&#x40;midori&period;example', 'may***@mid***'],
  [
    'https://x.example/?next=%2F%3Fmail%3Dmayumi%2540midori.example',
    'https://x.example/?next=%2F%3Fmail%3Dmay***@mid***',
  ],
  ['look at shop.example', 'look at shop.example'],
  ['we met at noon. It was fine', 'we met at noon. It was fine'],
  ['item(a) of 3.5', 'item(a) of 3.5'],
  ['★★★ midori.example', '★★★ midori.example'],
  ['may\u200bumi@\u00admidori.example', 'may***@mid***'],
  ['mayumi@midori.example.', 'may***@mid***.'],
  ['お返事は mayumi@mid', 'お返事は may***@mid***'],
  ['お返事は mayumi@', 'お返事は may***@-***'],
  ['1個 @ 500円、5@100', '1個 @ 500円、5@100'],
  ['@komorebi をフォロー', '@komorebi をフォロー'],
])('in a text: %s', (text, shown) => {
  expect(mask.line(text)).toBe(shown);
});

test('what is masked stays as it is', () => {
  const said = 'mayumi@midori.example、電話 090-1234-5678';
  for (const text of [mask.text(said), letter.text(said)]) {
    expect(mask.text(text)).toBe(text);
    expect(letter.text(text)).toBe(text);
  }
  expect(letter.text(said).match(MASKED)).toHaveLength(2);
  expect(mask.text(said).match(MASKED)).toBeNull();
  expect(isMasked(mask.address('mayumi@midori.example'))).toBe(true);
});

test('a run without end is read once, and ends', () => {
  const text = `${'a'.repeat(300_000)}@${'b.'.repeat(300_000)} ${'@'.repeat(100_000)}`;
  expect(mask.text(text).length).toBeLessThan(text.length + 100);
});

test.each([
  ['03-1234-5679', '***5679'],
  ['(03)1234-5679', '***5679'],
  ['03(1234)5679', '***5679'],
  ['0467-22-3456 まで', '***3456 まで'],
  ['090 1234 5678', '***5678'],
  ['携帯は09012345678です', '携帯は***5678です'],
  ['０９０－１２３４－５６７８', '***5678'],
  ['0120-123-456', '***3456'],
  ['+81 90-1234-5678', '***5678'],
  ['+81-(0)90-1234-5678', '***5678'],
  ['+1 (415) 555-2671', '***2671'],
  ['+81(0)3-1234-5679', '***5679'],
  ['0081-90-1234-5678', '***5678'],
  ['010 81 3 1234 5679', '***5679'],
  ['81-90-1234-5678', '***5678'],
  ['090  1234  5678', '***5678'],
  ['090 - 1234 - 5678', '***5678'],
  ['090.1234.5678', '***5678'],
  ['090・1234・5678', '***5678'],
  ['0 9 0 1 2 3 4 5 6 7 8', '***5678'],
  ['０ ３ １ ２ ３ ４ ５ ６ ７ ９', '***5679'],
  ['０３（１２３４）５６７９', '***5679'],
  ['0\u200b9\u200b0-1234-\u00ad5678', '***5678'],
  ['*090-1234-5678*', '****5678*'],
  ['電話／090-1234-5678', '電話／***5678'],
  ['tel:%2B81-90-1234-5678', 'tel:***5678'],
  ['tel:0467223456', 'tel:***3456'],
  ['?tel=0467223456&x=1', '?tel=***3456&x=1'],
  ['&#48;90-1234-5678', '***5678'],
  ['TEL:0467223456', 'TEL:***3456'],
  ['電話番号：0467223456', '電話番号：***3456'],
])('a telephone number is hidden: %s', (text, shown) => {
  expect(mask.text(text)).toBe(shown);
  expect(mask.line(text)).toBe(text);
});

test('one number is one sign, written at home or from abroad', () => {
  for (const one of [
    '+81 90-1234-5678',
    '+81(0)90-1234-5678',
    '0081 90 1234 5678',
    '０９０ １２３４ ５６７８',
  ])
    expect(letter.text(one)).toBe(letter.text('090-1234-5678'));
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
  '020-1234-5678',
  '#4168',
  '2026-11-22',
  '2026-11-22T05:19:00.000Z',
  '注文番号 123-4567890',
  '注文番号 1234567890',
  '〒123-4567',
  '〒150-0002 東京都渋谷区2-21-1',
  '01/02/2026 03:04',
  '0.5-0.75-100',
  '100-0001-2345',
  '0000-1234-5678',
  '0190f3a2-1234-7890-8123-456789012345',
  'ISBN 978-4-10-101001-4',
  '192.168.0.1:3000',
  'https://shop.example/orders/090-1234-5678',
])('a number that is none stays: %s', (text) => {
  expect(mask.text(text)).toBe(text);
});

test('a page hides addresses in its words, its links and behind its mark-up', () => {
  const page = maskHtml(
    mask,
    '<p>mayumi@midori.example</p><a href="mailto:mayumi@midori.example?subject=x" title="&quot;a b&quot;@x.example">書く</a>',
  );
  expect(page).toContain('<a href="mailto:may***@');
  expect(page).toContain('書く</a>');
  expect(page).not.toMatch(/mayumi|midori|a b/);
  for (const divided of [
    'may<b>umi</b>@midori.example',
    'mayu<b>mi.koba</b>yashi@midori.example',
    'mayumi&#64;midori.example',
    'mayumi@<wbr>midori.example',
    '090<i>-1234</i>-5678',
    'may&shy;umi&commat;midori.example',
  ]) {
    expect(maskHtml(mask, `<p>${divided}</p>`)).not.toMatch(/umi|midori|1234|koba/);
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
  const masked = maskJson(mask, JSON.stringify(body), reader);
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
  expect(JSON.parse(maskJson(mask, JSON.stringify({ snippet }), reader)).snippet).toBe(
    `${'あ'.repeat(151)} …`,
  );
  const short = { snippet: 'Regards, mayumi' };
  expect(JSON.parse(maskJson(mask, JSON.stringify(short), reader))).toEqual(short);
});

test('digits of any field but a program’s are looked at: a name and a file’s name can be a number', () => {
  const body = {
    name: '090-1234-5678',
    attachments: [{ name: '0467-22-3456.pdf', sha256: '090-1234-5678' }],
  };
  expect(JSON.parse(maskJson(mask, JSON.stringify(body), reader))).toEqual({
    name: '***5678',
    attachments: [{ name: '***3456.pdf', sha256: '090-1234-5678' }],
  });
});

test('one’s own words are shown as one typed them, and a look from outside does not make them one’s own', () => {
  const text = 'mayumi@midori.example 090-1234-5678';
  const note = { kind: 'note', memberId: reader.memberId, pieces: [{ kind: 'new', text }] };
  const draft = { authorId: reader.memberId, asTyped: true, to: [{ name: '', address: text }], text };
  const shown = (value: object, who: Reader = reader) =>
    JSON.parse(maskJson(mask, JSON.stringify(value), who));
  for (const one of [note, draft]) {
    expect(shown(one)).toEqual(one);
    const looking = { ...reader, previewedBy: houseActor(workspaceId) };
    const another = { memberId: newId<MemberId>(), previewedBy: null };
    for (const other of [looking, another]) expect(JSON.stringify(shown(one, other))).not.toContain('mayumi');
  }
  for (const foreign of [
    { ...note, kind: 'out' },
    { ...draft, asTyped: false },
    { ...draft, authorId: null },
  ])
    expect(JSON.stringify(shown(foreign))).not.toContain('mayumi');
});
