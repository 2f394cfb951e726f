import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { testDb } from '../testing/index.ts';
import { defineSweep, startSweeps } from './sweeps.ts';

test('a sweep that takes longer than its time is not begun again beside itself', async () => {
  const db = await testDb();
  let atOnce = 0;
  let most = 0;
  let turns = 0;
  const slow = defineSweep({
    name: 'test.slow',
    everyMs: 20,
    async run() {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await sleep(150);
      atOnce -= 1;
      turns += 1;
    },
  });
  const stop = startSweeps({ db }, [slow]);
  try {
    await expect.poll(() => turns, { timeout: 20_000 }).toBeGreaterThan(1);
  } finally {
    await stop();
    await db.drop();
  }
  expect([most, atOnce]).toEqual([1, 0]);
});
