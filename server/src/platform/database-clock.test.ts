import { afterEach, expect, test, vi } from 'vitest';
import { testDb } from '../testing/index.ts';
import { openDatabaseClock } from './database-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

afterEach(() => {
  vi.useRealTimers();
});

test('it tells the database’s time however wrong this machine’s clock is, also after that was set', async () => {
  const db = await testDb();
  const real = Date.now();
  // Far more than a slow machine needs for this test, far less than the clocks differ.
  const isRight = (at: Date) => Math.abs(at.getTime() - real) < 10 * MINUTE;
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: real - 3 * HOUR });
  const clock = await openDatabaseClock(db);
  try {
    expect(isRight(clock.now())).toBe(true);

    vi.setSystemTime(real + 5 * HOUR);
    expect(isRight(clock.now())).toBe(false);
    vi.advanceTimersByTime(MINUTE);
    await vi.waitFor(() => expect(isRight(clock.now())).toBe(true), { timeout: 30_000 });
  } finally {
    clock.close();
    vi.useRealTimers();
    await db.drop();
  }
});
