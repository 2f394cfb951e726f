import { expect, test } from 'vitest';
import { honorificOf } from './honorific.ts';

test('a person is 様, also with a company before the name', () => {
  expect(honorificOf('小林 真由美')).toBe('sama');
  expect(honorificOf('さくら')).toBe('sama');
  expect(honorificOf('株式会社みどり製作所 中村')).toBe('sama');
});

test('an organisation is 御中, also one of its offices', () => {
  expect(honorificOf('株式会社あおば商事')).toBe('onchu');
  expect(honorificOf('あおば商事株式会社')).toBe('onchu');
  expect(honorificOf('株式会社あおば商事 経理部')).toBe('onchu');
});

test('a Latin name and a name with its own honorific get none', () => {
  expect(honorificOf('Emily Carter')).toBe('none');
  expect(honorificOf('sato@mail.example')).toBe('none');
  expect(honorificOf('佐藤様')).toBe('none');
});
