import { expect, inject, test } from 'vitest';
import { stalePages } from './make-docs.ts';
import { makeTables } from './make-tables.ts';

test('docs/errors.md and .env.example say what the code says', () => {
  expect(stalePages(), 'run: node build/make-docs.ts').toEqual([]);
});

test('tables.gen.ts is the migrated database', async () => {
  const url = new URL(inject('databaseUrl'));
  url.pathname = '/template_madoguchi';
  expect(await makeTables(url.href, true), 'run: node build/make-tables.ts').toBe(true);
});
