/**
 * Writes docs/errors.md, docs/permissions.md and .env.example from the code that defines them; --verify says that one is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeSettings, errorCatalogue } from '../server/src/platform/index.ts';
// Each folder's face defines its errors when it is read.
import '../server/src/main.ts';
import '../server/src/cli/setup.ts';
import '../server/src/cli/import.ts';
import '../server/src/cli/token.ts';
import { permissionsPage } from './permissions-page.ts';

const ROOT = join(import.meta.dirname, '..');

function errorsPage(): string {
  const rows = [...errorCatalogue]
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([code, { kind, sentence }]) => `| \`${code}\` | ${kind} | ${sentence} |`);
  return `# Every refusal

What can go wrong and can be understood. Programs go by the code, people by the sentence, screens by the facts. Made by \`node build/make-docs.ts\`; a test compares.

| kind | HTTP |
|---|---|
| invalid | 400 |
| not_signed_in | 401 |
| not_found | 404 (also what one may not see) |
| conflict | 409 |
| too_large | 413 |
| too_many | 429 |
| unavailable | 503 |

| code | kind | sentence |
|---|---|---|
${rows.join('\n')}
`;
}

const pages: Record<string, string> = {
  'docs/errors.md': errorsPage(),
  'docs/permissions.md': permissionsPage(),
  '.env.example': describeSettings(),
};

/** The pages that differ from what the code says. */
export function stalePages(): string[] {
  const read = (name: string) => {
    try {
      return readFileSync(join(ROOT, name), 'utf8');
    } catch {
      return '';
    }
  };
  return Object.entries(pages)
    .filter(([name, text]) => read(name) !== text)
    .map(([name]) => name);
}

if (import.meta.main && !process.argv.includes('--verify')) {
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(ROOT, name), text);
}
