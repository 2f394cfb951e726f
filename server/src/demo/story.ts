import type { Chance } from './chance.ts';
import type { MailboxKey } from './company.ts';
import type { Good } from './words/goods.ts';

/** Someone who writes to the shop. */
export interface Customer {
  name: string;
  address: string;
  language: 'ja' | 'en';
  /** Null for a private person. */
  company: string | null;
  /** The mail program, by what its letters look like. */
  program: 'desktop' | 'web' | 'phone' | 'carrier';
}

/** A file that a letter brings; drawn when the letter is written. */
export interface Enclosure {
  name: string;
  kind: 'photo' | 'pdf' | 'csv';
  /** What stands on the sheet. */
  title: string;
}

/** One thing said in a conversation. */
export interface Turn {
  by: 'customer' | 'us' | 'note';
  text: string;
  files: readonly Enclosure[];
  /** Of ours: it asks something, so the customer's answer is waited for. */
  asks: boolean;
}

/** A whole exchange, from the first question to the last word; a conversation may still be in its middle. */
export interface Story {
  mailbox: MailboxKey;
  subject: string;
  turns: readonly Turn[];
}

/** What a plot has at hand. */
export interface Scene {
  chance: Chance;
  customer: Customer;
  good: Good;
  otherGood: Good;
  colour: string;
  /** K-20831 */
  orderNo: string;
  count: number;
  /** 11月20日 or 20 November, near the letter. */
  day: string;
  laterDay: string;
}

export type Plot = (scene: Scene) => Story;

export const fromCustomer = (text: string, ...files: Enclosure[]): Turn => ({
  by: 'customer',
  text,
  files,
  asks: false,
});
export const fromUs = (text: string, ...files: Enclosure[]): Turn => ({ by: 'us', text, files, asks: false });
/** Of ours, and it ends with a question. */
export const asking = (text: string): Turn => ({ by: 'us', text, files: [], asks: true });
export const noted = (text: string): Turn => ({ by: 'note', text, files: [], asks: false });

/** How a customer begins a letter. */
export function hello({ chance, customer }: Scene): string {
  if (customer.language === 'en') {
    return chance.pick(['Hello,', 'Hi there,', 'Dear Komorebi team,', 'Good morning,', 'Hello Komorebi,']);
  }
  const family = customer.name.split(/[ 　]/u)[0] ?? '';
  if (customer.company !== null) {
    return chance.pick([
      `こもれび雑貨店　ご担当者様\n\nいつもお世話になっております。${customer.name}でございます。`,
      `こもれび雑貨店 御中\n\nお世話になっております。\n${customer.name}です。`,
      `ご担当者様\n\n初めてご連絡いたします。${customer.name}と申します。`,
    ]);
  }
  // Who writes his name in Latin letters does not introduce himself by it.
  if (/[a-z]/iu.test(family))
    return chance.pick(['お世話になっております。', 'こんにちは。', 'はじめまして。']);
  if (customer.program === 'carrier') return chance.pick([`${family}です。`, 'こんにちは！', 'すみません、']);
  return chance.pick([
    `こんにちは。${family}と申します。`,
    'お世話になっております。',
    `こもれび雑貨店様\n\nいつも楽しく拝見しています。${family}です。`,
    `はじめまして。${family}と申します。`,
    'こんにちは。先日はありがとうございました。',
    `こもれび雑貨店 ご担当者様\n\nお世話になります。${customer.name}です。`,
  ]);
}

/** How a customer ends one. */
export function goodbye({ chance, customer }: Scene): string {
  if (customer.language === 'en') {
    const first = customer.name.split(' ')[0] ?? '';
    return chance
      .pick(['Thank you!', 'Many thanks,', 'Best wishes,', 'Kind regards,', 'Thanks so much,'])
      .concat('\n', first);
  }
  if (customer.program === 'carrier')
    return chance.pick(['よろしくお願いします', 'お願いします m(_ _)m', 'お返事待ってます']);
  return chance.pick([
    'お手数をおかけしますが、よろしくお願いいたします。',
    'どうぞよろしくお願いいたします。',
    'ご確認のほど、よろしくお願いいたします。',
    'お忙しいところ恐れ入りますが、ご返信をお待ちしております。',
    'よろしくお願いします。',
  ]);
}

/** A first letter: greeting, what it is about, end. */
export const letter = (scene: Scene, ...paragraphs: string[]): string =>
  [hello(scene), ...paragraphs, goodbye(scene)].join(scene.customer.program === 'carrier' ? '\n' : '\n\n');

/** A later letter of the same customer: short. */
export function shortLetter(scene: Scene, ...paragraphs: string[]): string {
  const { chance, customer } = scene;
  if (customer.language === 'en') {
    return [
      chance.pick(['Hi,', 'Hello again,', 'Thanks for the quick answer.']),
      ...paragraphs,
      goodbye(scene),
    ].join('\n\n');
  }
  return [
    chance.pick([
      'ご返信ありがとうございます。',
      '早速のご連絡ありがとうございます。',
      'お返事いただき、ありがとうございます。',
    ]),
    ...paragraphs,
    goodbye(scene),
  ].join('\n\n');
}
