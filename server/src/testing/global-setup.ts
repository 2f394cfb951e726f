import type { TestProject } from 'vitest/node';
import { startTemplate } from './start-template.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A database server of the tests' own; each test file clones `template_madoguchi` in it. */
    databaseUrl: string;
  }
}

/** One PostgreSQL for the whole run, migrated once: a clone of the template takes 50 ms, a migration a second. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTemplate();
  project.provide('databaseUrl', postgres.url);
  return postgres.stop;
}
