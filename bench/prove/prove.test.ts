import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDb, openFiles } from '../../server/src/platform/index.ts';
import { testDb } from '../../server/src/testing/index.ts';
import { proveHistories } from './prove-histories.ts';

/** The same histories each time: a failure here is of the change that is tested. `npm run prove` makes new ones. */
const SEED = 2026;

test('whatever people, two servers, crashes and wrong clocks do, one answer keeps its law', async () => {
  const here = await testDb();
  const elsewhere = openDb({ url: here.url, size: 4 });
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-prove-'));
  try {
    const servers = { dbs: [here, elsewhere] as const, files: openFiles(folder) };
    const fault = await proveHistories({ runs: 100, length: 24, seed: SEED, servers });
    expect(fault).toBeNull();
  } finally {
    await elsewhere.close();
    await here.drop();
    await rm(folder, { recursive: true, force: true });
  }
}, 300_000);
