import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { markDuplicate, markTaken, type RawMessageRef } from '../channels/index.ts';
import { openFiles } from '../platform/index.ts';
import { aMailbox, aWorkspace, type TestDb, testDb } from '../testing/index.ts';
import { importMail } from './import.ts';

let db: TestDb;
let folder: string;
const data = () => join(folder, 'data');

beforeAll(async () => {
  db = await testDb();
  await db.transaction(async (tx) =>
    aMailbox(tx, await aWorkspace(tx), { address: 'order@komorebi.example' }),
  );
});
afterAll(() => db.drop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('an import waits until its letters are settled, and tells what became of them', async () => {
  const files = openFiles(data());
  for (const n of [1, 2, 3]) await writeFile(join(folder, `${n}.eml`), `Subject: ${n}\n\n`);
  await writeFile(join(folder, 'large.eml'), `Subject: large\n\n${'x'.repeat(400_000)}`);
  const waiting: RawMessageRef[] = [];
  const said: string[] = [];

  const counts = await importMail(folder, 'Order@komorebi.example', {
    db,
    files,
    say: (line) => said.push(line),
    onRaw: async (_tx, raw) => {
      waiting.push(raw);
    },
    async settle() {
      const next = waiting.shift();
      if (next === undefined) return;
      const key = { workspaceId: next.workspaceId, id: next.rawMessageId };
      await db.transaction((tx) =>
        waiting.length === 0 ? markDuplicate(tx, key, null) : markTaken(tx, key),
      );
    },
  });

  expect(counts).toEqual({ taken: 3, duplicate: 1, quarantined: 0, ignored: 0, waiting: 0 });
  expect(said).toContain('4 letters read');
  expect(await readdir(join(data(), 'scratch'))).toEqual([]);
});

test('an address that no mailbox has is refused', async () => {
  const needs = {
    db,
    files: openFiles(data()),
    say: () => {},
    onRaw: async () => {},
    settle: async () => {},
  };

  await expect(importMail(folder, 'nobody@komorebi.example', needs)).rejects.toMatchObject({
    code: 'cli.mailbox_not_found',
  });
});
