import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Files } from '../../server/src/platform/index.ts';
import { deskFiles } from '../../server/src/testing/a-desk.ts';
import { fakeChannel } from '../../server/src/testing/fake-channel.ts';
import { type TestDb, testDb } from '../../server/src/testing/index.ts';
import { runUndoRaces } from './run-undo-races.ts';

let db: TestDb;
let files: Files;
beforeAll(async () => {
  db = await testDb();
  files = await deskFiles();
});
afterAll(() => db.drop());

test('a letter taken back around the moment at which it leaves is sent or undone, never half', async () => {
  const { sent, send } = fakeChannel();
  const count = (messageId: string) => sent.filter(({ bytes }) => String(bytes).includes(messageId)).length;
  const found = await runUndoRaces({ db, files, outside: { send, count }, rounds: 30, atOnce: 10 });
  expect(found.half).toEqual([]);
  expect(found.sent + found.undone).toBe(30);
}, 120_000);
