import type { Address } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { type AnsweredLetter, recipientsOf, senderAddressOf } from './recipients.ts';

const own = new Set([
  'order@shop.example',
  'returns@shop.example',
  'info@shop.example',
  'sales@shop.example',
]);
const a = (address: string, name = ''): Address => ({ name, address });

/** `to` is a reply's To; `all` is To and Cc of a reply to all. */
interface Case {
  says: string;
  kind?: 'in' | 'out';
  from: string;
  replyTo?: string[];
  letterTo?: string[];
  letterCc?: string[];
  to: string[];
  all: [string[], string[]];
}

const K = 'kobayashi@midori.example';
const B = 'boss@midori.example';
const C = 'carrier@hakobu.example';
const L = 'users@lists.example';
const ORDER = 'order@shop.example';

const cases: Case[] = [
  { says: 'a plain letter goes back to its sender', from: K, letterTo: [ORDER], to: [K], all: [[K], []] },
  {
    says: 'Reply-To wins over From',
    from: 'noreply@form.example',
    replyTo: [K],
    letterTo: [ORDER],
    to: [K],
    all: [[K], []],
  },
  {
    says: 'Reply-To with two people goes to both',
    from: K,
    replyTo: [K, B],
    letterTo: [ORDER],
    to: [K, B],
    all: [[K, B], []],
  },
  {
    says: 'a Cc of the letter is no part of a plain reply',
    from: K,
    letterTo: [ORDER],
    letterCc: [B],
    to: [K],
    all: [[K], [B]],
  },
  {
    says: 'the other To is kept by a reply to all',
    from: K,
    letterTo: [ORDER, B],
    to: [K],
    all: [[K, B], []],
  },
  {
    says: 'To and Cc stay where they were',
    from: K,
    letterTo: [ORDER, B],
    letterCc: [C],
    to: [K],
    all: [[K, B], [C]],
  },
  {
    says: 'our alias in To is left out',
    from: K,
    letterTo: ['returns@shop.example'],
    to: [K],
    all: [[K], []],
  },
  {
    says: 'our alias in Cc is left out',
    from: K,
    letterTo: [ORDER],
    letterCc: ['info@shop.example', B],
    to: [K],
    all: [[K], [B]],
  },
  {
    says: 'ourselves in To twice',
    from: K,
    letterTo: [ORDER, 'ORDER@Shop.example'],
    to: [K],
    all: [[K], []],
  },
  {
    says: 'another mailbox of ours in To',
    from: K,
    letterTo: [ORDER, 'sales@shop.example'],
    to: [K],
    all: [[K], []],
  },
  {
    says: 'our address in other letters',
    from: K,
    letterTo: ['Order@SHOP.example'],
    letterCc: ['RETURNS@shop.example'],
    to: [K],
    all: [[K], []],
  },
  { says: 'the sender copied himself', from: K, letterTo: [ORDER], letterCc: [K], to: [K], all: [[K], []] },
  {
    says: 'the sender copied himself in capitals',
    from: K,
    letterTo: [ORDER],
    letterCc: [K.toUpperCase()],
    to: [K],
    all: [[K], []],
  },
  {
    says: 'somebody in To and in Cc stands in To',
    from: K,
    letterTo: [ORDER, B],
    letterCc: [B],
    to: [K],
    all: [[K, B], []],
  },
  {
    says: 'a list with Reply-To goes to the list',
    from: K,
    replyTo: [L],
    letterTo: [L],
    to: [L],
    all: [[L], []],
  },
  {
    says: 'a list without Reply-To: the person, and the list in all',
    from: K,
    letterTo: [L],
    to: [K],
    all: [[K, L], []],
  },
  { says: 'we were a hidden recipient', from: K, letterTo: [B], to: [K], all: [[K, B], []] },
  { says: 'nobody was named', from: K, letterTo: [], to: [K], all: [[K], []] },
  {
    says: 'undisclosed recipients are nobody',
    from: K,
    letterTo: ['undisclosed-recipients:;'],
    to: [K],
    all: [[K], []],
  },
  {
    says: 'Reply-To names only us: From counts',
    from: K,
    replyTo: [ORDER],
    letterTo: [ORDER],
    to: [K],
    all: [[K], []],
  },
  {
    says: 'Reply-To names us beside another',
    from: K,
    replyTo: [ORDER, B],
    letterTo: [ORDER],
    to: [B],
    all: [[B], []],
  },
  {
    says: 'Reply-To is no address',
    from: K,
    replyTo: ['nobody'],
    letterTo: [ORDER],
    to: [K],
    all: [[K], []],
  },
  {
    says: 'a form that sets our own address with Reply-To',
    from: ORDER,
    replyTo: [K],
    letterTo: [ORDER],
    to: [K],
    all: [[K], []],
  },
  {
    says: 'a letter that only we wrote to ourselves',
    from: 'info@shop.example',
    letterTo: [ORDER],
    to: [],
    all: [[], []],
  },
  {
    says: 'our colleague wrote with a customer in Cc',
    from: 'info@shop.example',
    letterTo: [ORDER],
    letterCc: [K],
    to: [],
    all: [[], [K]],
  },
  {
    says: 'a third party answers into the conversation',
    from: C,
    letterTo: [ORDER],
    letterCc: [K],
    to: [C],
    all: [[C], [K]],
  },
  {
    says: 'our own letter goes to its recipients',
    kind: 'out',
    from: ORDER,
    letterTo: [K],
    to: [K],
    all: [[K], []],
  },
  {
    says: 'our own letter keeps its Cc in all only',
    kind: 'out',
    from: ORDER,
    letterTo: [K],
    letterCc: [B],
    to: [K],
    all: [[K], [B]],
  },
  {
    says: 'our own letter to two people',
    kind: 'out',
    from: ORDER,
    letterTo: [K, B],
    letterCc: [C],
    to: [K, B],
    all: [[K, B], [C]],
  },
  {
    says: 'our own letter with a copy to ourselves',
    kind: 'out',
    from: ORDER,
    letterTo: [K],
    letterCc: [ORDER],
    to: [K],
    all: [[K], []],
  },
  {
    says: 'a docomo address with two dots',
    from: 'a..b@docomo.example',
    letterTo: [ORDER],
    to: ['a..b@docomo.example'],
    all: [['a..b@docomo.example'], []],
  },
  { says: 'an empty From', from: '', letterTo: [ORDER], to: [], all: [[], []] },
];

const letterOf = (one: Case): AnsweredLetter => ({
  kind: one.kind ?? 'in',
  from: a(one.from),
  replyTo: (one.replyTo ?? []).map((address) => a(address)),
  to: (one.letterTo ?? []).map((address) => a(address)),
  cc: (one.letterCc ?? []).map((address) => a(address)),
});
const addresses = (list: readonly Address[]) => list.map(({ address }) => address);

test.each(cases)('$says', (one) => {
  const reply = recipientsOf(letterOf(one), false, own);
  expect([addresses(reply.to), reply.cc]).toEqual([one.to, []]);
  const all = recipientsOf(letterOf(one), true, own);
  expect([addresses(all.to), addresses(all.cc)]).toEqual(one.all);
});

test('there are at least thirty cases', () => {
  expect(cases.length).toBeGreaterThanOrEqual(30);
});

test('names are kept as they were written', () => {
  const letter = { ...letterOf({ says: '', from: K, to: [], all: [[], []] }), from: a(K, '小林 真由美') };
  expect(recipientsOf(letter, false, own).to).toEqual([a(K, '小林 真由美')]);
});

const mailbox = { main: ORDER, aliases: ['returns@shop.example'] };
const written = (to: string[], cc: string[] = []) =>
  letterOf({ says: '', from: K, letterTo: to, letterCc: cc, to: [], all: [[], []] });

test('the answer leaves from the alias that the customer wrote to', () => {
  expect(senderAddressOf(written(['Returns@shop.example']), mailbox)).toBe('returns@shop.example');
  expect(senderAddressOf(written([B], ['returns@shop.example']), mailbox)).toBe('returns@shop.example');
});

test('an address that is not this mailbox’s is never a sender', () => {
  expect(senderAddressOf(written(['unknown@shop.example']), mailbox)).toBe(ORDER);
  expect(senderAddressOf(written(['sales@shop.example']), mailbox)).toBe(ORDER);
  expect(senderAddressOf(null, mailbox)).toBe(ORDER);
});

test('an answer to our own letter keeps its sender', () => {
  const ours = { ...written([K]), kind: 'out' as const, from: a('returns@shop.example') };
  expect(senderAddressOf(ours, mailbox)).toBe('returns@shop.example');
});
