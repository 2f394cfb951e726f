import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const databases = here('server/src/testing/global-setup.ts');

/** Two workers: the suite shares a small machine with PostgreSQL, a browser and mail servers. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{contract,server,web}/src/**/*.test.{ts,tsx}', '{build,bin,bench}/**/*.test.ts'],
          globalSetup: existsSync(databases) ? [databases] : [],
          testTimeout: MINUTE,
          hookTimeout: MINUTE,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          // A browser, mail servers and a database on two cores: a journey may be tried once more, and says so.
          retry: 1,
          testTimeout: 5 * MINUTE,
          hookTimeout: 5 * MINUTE,
        },
      },
    ],
  },
});
