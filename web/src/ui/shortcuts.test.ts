import { expect, test } from 'vitest';
import { belongsToInput, type KeyPress, nameOf, watchComposition } from './shortcuts.ts';

const press = (facts: Partial<KeyPress>): KeyPress => ({
  code: '',
  key: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  keyCode: 0,
  ...facts,
});

test('a letter is known by its place on the keyboard, also on a kana layout', () => {
  expect(nameOf(press({ code: 'KeyJ', key: 'ま' }))).toBe('j');
  expect(nameOf(press({ code: 'KeyJ', key: 'Process' }))).toBe('j');
  expect(nameOf(press({ code: 'KeyR', key: 'R', shiftKey: true }))).toBe('shift+r');
});

test('a sign is known by what it types, wherever its key lies', () => {
  expect(nameOf(press({ code: 'Digit3', key: '#', shiftKey: true }))).toBe('#');
  expect(nameOf(press({ code: 'Slash', key: '?', shiftKey: true }))).toBe('?');
  expect(nameOf(press({ code: 'Slash', key: '/' }))).toBe('/');
  expect(nameOf(press({ code: 'Backslash', key: ']' }))).toBe(']');
});

test('digits of both blocks are the same', () => {
  expect(nameOf(press({ code: 'Digit2', key: '2' }))).toBe('2');
  expect(nameOf(press({ code: 'Numpad2', key: '2' }))).toBe('2');
});

test('Ctrl and Command are one', () => {
  expect(nameOf(press({ code: 'Enter', key: 'Enter', ctrlKey: true }))).toBe('mod+enter');
  expect(nameOf(press({ code: 'Enter', key: 'Enter', metaKey: true }))).toBe('mod+enter');
});

test('named keys keep their names', () => {
  expect(nameOf(press({ code: 'Escape', key: 'Escape' }))).toBe('escape');
  expect(nameOf(press({ code: 'ArrowDown', key: 'ArrowDown' }))).toBe('arrowdown');
  expect(nameOf(press({ code: 'Space', key: ' ', shiftKey: true }))).toBe('shift+space');
});

test('no key is ours while an input method composes', () => {
  expect(belongsToInput(press({ key: 'Enter', isComposing: true }), 0)).toBe(true);
  expect(belongsToInput(press({ key: 'Escape', keyCode: 229 }), 0)).toBe(true);
  expect(belongsToInput(press({ key: 'Enter' }), 0)).toBe(false);
});

test('the Enter that ends a composition is not ours, the next one is', () => {
  const page = new EventTarget();
  watchComposition(page, () => 1000);
  page.dispatchEvent(new Event('compositionend'));
  expect(belongsToInput(press({ key: 'Enter' }), 1001)).toBe(true);
  expect(belongsToInput(press({ key: 'Enter' }), 1051)).toBe(false);
});
