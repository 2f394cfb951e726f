import { expect, test } from 'vitest';
import { addressIn, answerSubject, nameIn, splitQuote } from './letters.ts';

test('a quote is folded from its first line on, in each of the ways that programs write it', () => {
  for (const head of [
    '2026年11月20日(金) 10:12 こもれび雑貨店 <order@komorebi.example>:\n\n> こんにちは',
    '-----Original Message-----\nFrom: x',
    '> こんにちは',
  ]) {
    expect(splitQuote(`ありがとうございます。\n\n${head}`)).toEqual({
      said: 'ありがとうございます。',
      quoted: head,
    });
  }
});

test('a letter without a quote is said as a whole', () => {
  expect(splitQuote('2026年11月20日に届きました。\n')).toEqual({
    said: '2026年11月20日に届きました。',
    quoted: '',
  });
});

test('name and address are told apart', () => {
  expect(nameIn('小林 真由美 <m@mail.example>')).toBe('小林 真由美');
  expect(addressIn('小林 真由美 <m@mail.example>')).toBe('m@mail.example');
  expect(nameIn('m@mail.example')).toBe('m@mail.example');
  expect(addressIn('m@mail.example')).toBe('m@mail.example');
});

test('an answered answer has one Re:', () => {
  expect(answerSubject(answerSubject('発送日'))).toBe('Re: 発送日');
});
