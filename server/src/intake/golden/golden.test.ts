import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseLetter } from '../parse/parse-letter.ts';

const FOLDER = join(import.meta.dirname, 'letters');
const FEWEST = 40;

/** Each letter guards one reading, named by its file; beside it stand the facts that it must give. */
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => name.slice(0, -'.eml'.length));

const expected = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));

const withLf = (name: string): string =>
  readFileSync(join(FOLDER, `${name}.eml`))
    .toString('latin1')
    .replaceAll('\r\n', '\n');

const endings = { LF: '\n', CRLF: '\r\n' };

test('the golden letters are there', () => {
  expect(names.length).toBeGreaterThanOrEqual(FEWEST);
});

describe.each(Object.entries(endings))('with %s line ends', (_name, ending) => {
  test.each(names)('%s reads as it was meant', async (name) => {
    const bytes = Buffer.from(withLf(name).replaceAll('\n', ending), 'latin1');
    const letter = await parseLetter(bytes, { folder: null });
    const { problems, ...facts } = expected(name);
    expect(letter).toMatchObject(facts);
    for (const problem of Array.isArray(problems) ? problems : []) expect(letter.problems).toContain(problem);
    if (Array.isArray(problems) && problems.length === 0) expect(letter.problems).toEqual([]);
    expect(letter.segments.map(({ text }) => text).join('')).toBe(letter.text);
  });
});

test.each(names)('%s is the same letter with either line end', async (name) => {
  const [lf, crlf] = await Promise.all(
    Object.values(endings).map((ending) =>
      parseLetter(Buffer.from(withLf(name).replaceAll('\n', ending), 'latin1'), { folder: null }),
    ),
  );
  expect(lf?.contentHash).toBe(crlf?.contentHash);
  expect(lf?.wireSha256).toBe(crlf?.wireSha256);
  expect(lf?.mimeMap).toEqual(crlf?.mimeMap);
});
