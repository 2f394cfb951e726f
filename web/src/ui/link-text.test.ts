import { expect, test } from 'vitest';
import { linkParts } from './link-text.ts';

const links = (text: string) => linkParts(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []));

test('the parts joined are the text', () => {
  const text = '詳しくは https://shop.example/a?b=1#c をご覧ください。info@shop.example まで。';
  expect(
    linkParts(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});

test('an address ends before Japanese text and before the full stop of its sentence', () => {
  expect(links('https://shop.example/のページ')).toEqual(['https://shop.example/']);
  expect(links('See https://shop.example/a.')).toEqual(['https://shop.example/a']);
  expect(links('(https://shop.example/a)')).toEqual(['https://shop.example/a']);
  expect(links('https://wiki.example/a_(b)')).toEqual(['https://wiki.example/a_(b)']);
});

test('a mail address becomes a mailto link', () => {
  expect(links('order@komorebi.example までご連絡ください')).toEqual(['mailto:order@komorebi.example']);
});

test('what only looks like a scheme is no link', () => {
  expect(links('javascript:alert(1)')).toEqual([]);
});
