import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The folder of real mail that tests measure against; it is not part of this project.
 *
 * @returns null where there is none: what reads it is then skipped under the name "corpus"
 */
export function corpusFolder(given: string | undefined): string | null {
  const folder = given ?? resolve(import.meta.dirname, '../../../../../shared/corpus');
  return existsSync(join(folder, 'manifest.json')) ? folder : null;
}
