import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkImports } from './check-imports.ts';
import { checkSizes } from './check-sizes.ts';
import { checkSources } from './check-sources.ts';
import { MAY_IMPORT } from './may-import.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'madoguchi-checks-'));
});

afterEach(() => rmSync(root, { recursive: true }));

function write(files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

async function importFaults(files: Record<string, string>): Promise<string> {
  write(files);
  return (await checkImports(root)).join('\n');
}

test('the lists of who may import whom hold no ring', () => {
  const lists: Readonly<Record<string, readonly string[]>> = MAY_IMPORT;
  const order = Object.keys(lists).sort((one, other) => depth(one) - depth(other));
  function depth(folder: string): number {
    return 1 + Math.max(0, ...(lists[folder] ?? []).map(depth));
  }
  expect(order[0]).toBe('platform');
});

test('imports as listed, by the face, are no fault', async () => {
  const faults = await importFaults({
    'contract/src/index.ts': 'export const id = 1;\n',
    'server/src/platform/index.ts': 'export const now = 1;\n',
    'server/src/customers/index.ts':
      "export { now } from '../platform/index.ts';\nimport '@madoguchi/contract';\n",
    'server/src/customers/store.test.ts': "import { tx } from '../testing/with-tx.ts';\nimport 'node:net';\n",
    'server/src/testing/with-tx.ts': "export * as tx from '../customers/index.ts';\n",
    'server/src/main.ts': "import './customers/index.ts';\n",
    'web/src/routes.tsx': "import { Page } from './mailbox/page.tsx';\nexport const show = () => <Page />;\n",
    'web/src/mailbox/page.tsx': "import '../composer/compose.ts';\nexport const Page = () => <p>窓口</p>;\n",
    'web/src/composer/compose.ts': "import '../ui/button.tsx';\n",
    'web/src/ui/button.tsx': 'export const Button = () => <button type="button" />;\n',
  });
  expect(faults).toBe('');
});

test('an import that is not listed is refused, also one of types alone', async () => {
  const faults = await importFaults({
    'server/src/customers/index.ts':
      "import type { C } from '../conversation/index.ts';\nexport type D = C;\n",
    'server/src/conversation/index.ts': 'export type C = 1;\n',
  });
  expect(faults).toContain('customers may import platform, accounts');
});

test('types of Node and of libraries may be named anywhere', async () => {
  const faults = await importFaults({
    'server/src/live/a.ts':
      "import type { ServerResponse } from 'node:http';\nimport type {} from 'fastify';\n",
  });
  expect(faults).toBe('');
});

test('a ring is refused', async () => {
  const faults = await importFaults({
    'server/src/customers/one.ts': "export * from './two.ts';\n",
    'server/src/customers/two.ts': "export * from './one.ts';\n",
  });
  expect(faults).toContain('no rings');
});

test.each([
  ['a neighbour past its face', 'server/src/customers/a.ts', '../platform/db.ts', 'neighbours by their face'],
  ['main by a folder', 'server/src/customers/a.ts', '../main.ts', 'customers may import'],
  [
    'testing by what is no test',
    'server/src/customers/a.ts',
    '../testing/with-tx.ts',
    'customers may import',
  ],
  [
    'the command line by a test',
    'server/src/customers/a.test.ts',
    '../cli/serve.ts',
    'its tests also testing',
  ],
  ['the server by the web page', 'web/src/data/a.ts', '../../../server/src/main.ts', 'web knows no server'],
  ['the server by contract', 'contract/src/a.ts', '../../server/src/main.ts', 'contract stands alone'],
  ['data by ui', 'web/src/ui/a.ts', '../data/client.ts', 'web: ui keeps to its layer'],
  ['a feature by data', 'web/src/data/a.ts', '../search/page.ts', 'web: data keeps to its layer'],
  ['a feature by another', 'web/src/search/a.ts', '../reports/page.ts', 'web: a feature keeps to its layer'],
  ['mailbox by conversation', 'web/src/conversation/a.ts', '../mailbox/page.ts', 'web: conversation keeps'],
  ['a socket', 'server/src/customers/a.ts', 'node:https', 'may open a line'],
  ['DNS', 'server/src/platform/files.ts', 'node:dns/promises', 'may open a line'],
  ['Fastify past its door', 'server/src/customers/a.ts', 'fastify', 'it enters by platform/http'],
  [
    'a part of Fastify past its door',
    'server/src/live/a.ts',
    '@fastify/static',
    'it enters by platform/http',
  ],
  ['the mail reader past its door', 'server/src/compose/a.ts', 'mailparser', 'it enters by channels/email'],
])('%s may not be imported', async (_what, file, target, words) => {
  const isFile = target.startsWith('.');
  const files: Record<string, string> = { [file]: `import '${target}';\n` };
  if (isFile) files[join(dirname(file), target)] = 'export const a = 1;\n';
  expect(await importFaults(files)).toContain(words);
});

test('a folder that nobody has listed is refused', async () => {
  expect(await importFaults({ 'server/src/helpers/a.ts': 'export const a = 1;\n' })).toContain(
    'server/src/helpers',
  );
});

test.each([
  ['fetch', 'await fetch(url);', 'may open a line'],
  ['fetch by its long name', 'await globalThis.fetch(url);', 'may open a line'],
  ['the environment', 'const a = process.env.PATH;', 'reads the environment'],
  ['the environment by import', "import { env } from 'node:process';", 'reads the environment'],
  ['a query', "tx.selectFrom('conversation');", 'SQL belongs into store.ts'],
  ['raw SQL', "import { sql } from 'kysely';", 'SQL belongs into store.ts'],
])('%s is refused where it does not belong', (_what, code, words) => {
  write({ 'server/src/conversation/a.ts': `${code}\n`, 'server/src/conversation/a.test.ts': `${code}\n` });
  expect(checkSources(root)).toEqual([expect.stringContaining(words)]);
});

test('lines, environment and SQL are no fault where they belong', () => {
  write({
    'server/src/platform/net/fetch.ts': 'await fetch(url);\n',
    'server/src/platform/config.ts': 'const a = process.env;\n',
    'server/src/conversation/store.ts': "import { sql } from 'kysely';\ntx.selectFrom('conversation');\n",
    'server/src/conversation/a.ts': 'export const fetched = { fetch: 1 }; client.fetch(fetched);\n',
  });
  expect(checkSources(root)).toEqual([]);
});

test('a file over 400 lines needs a reason at its head, one over 600 has none', () => {
  const lines = (count: number): string => 'export const a = 1;\n'.repeat(count);
  write({
    'server/src/a.ts': `/** A table. */\n${lines(400)}`,
    'server/src/b.ts': `/** A table. Long because: it is one. */\n${lines(400)}`,
    'server/src/c.ts': `/** Long because: it is one. */\n${lines(600)}`,
    'server/src/d.gen.ts': lines(700),
    'server/src/e.ts': lines(400),
  });
  expect(checkSizes(root)).toEqual([
    expect.stringMatching(/^server\/src\/a\.ts: 401 lines/),
    expect.stringMatching(/^server\/src\/c\.ts: 601 lines/),
  ]);
});

test('a function over 60 lines is refused, a component counts its own lines', () => {
  const body = '  call();\n'.repeat(60);
  write({
    'web/src/a.ts': `// 窓口\nexport function tooLong() {\n${body}}\n`,
    'web/src/b.tsx': `export function Page() {\n  return (\n    <p>\n${'      <b />\n'.repeat(70)}    </p>\n  );\n}\n`,
    'web/src/c.tsx': `export function Wordy() {\n${body}  return <p />;\n}\n`,
  });
  expect(checkSizes(root)).toEqual([
    'web/src/a.ts:2: tooLong has 62 lines; 60 is the end',
    expect.stringMatching(/^web\/src\/c\.tsx:1: Wordy has/),
  ]);
});
