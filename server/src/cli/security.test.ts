import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { aWorkspace, type TestDb, testDb } from '../testing/index.ts';
import { security } from './security.ts';

let db: TestDb;
const LISTS = ['203.0.113.0/24'];

beforeAll(async () => {
  db = await testDb();
  await db.transaction(async (tx) => {
    const workspaceId = await aWorkspace(tx);
    await tx.updateTable('workspace').set({ networks: LISTS }).where('id', '=', workspaceId).execute();
    await aWorkspace(tx, '木洩れ日商店');
  });
});
afterAll(() => db.drop());

async function printed(options: Parameters<typeof security>[0]): Promise<string> {
  const lines: string[] = [];
  const print = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  await security(options, { db }).finally(() => print.mockRestore());
  return lines.join('');
}

test('the command tells who is shut out, and lets everybody in again when it is told to', async () => {
  const open = 'may be entered from everywhere.\n';
  expect(await printed({})).toBe(
    `こもれび雑貨店: may be entered only from these networks: everybody: 203.0.113.0/24\n木洩れ日商店: ${open}`,
  );
  expect(await printed({ open: true })).toBe(
    `こもれび雑貨店: may be entered from everywhere again. Removed: everybody: 203.0.113.0/24\n木洩れ日商店: ${open}`,
  );
  expect(await printed({})).toBe(`こもれび雑貨店: ${open}木洩れ日商店: ${open}`);
  const [first] = (await printed({ json: true })).split('\n');
  expect(JSON.parse(first ?? '')).toEqual({
    company: 'こもれび雑貨店',
    removed: false,
    workspace: [],
    roles: [],
  });
});
