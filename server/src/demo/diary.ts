import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

const KeptLetter = Type.Object({
  /** Its Message-ID, without <>. */
  id: Type.String(),
  customer: Type.String(),
  direction: Type.Union([Type.Literal('sent'), Type.Literal('received')]),
  from: Type.String(),
  to: Type.String(),
  subject: Type.String(),
  text: Type.String(),
  /** ISO 8601. */
  at: Type.String(),
  /** Ids before it, without <>, oldest first. */
  references: Type.Array(Type.String()),
});
/** A letter in an invented customer's own mail program. */
export type KeptLetter = Static<typeof KeptLetter>;

const Diary = Type.Object({
  /** When the company was made: its past is told back from here. */
  began: Type.String(),
  isTold: Type.Boolean(),
  /** Where the world listened last; the mailboxes send there. */
  worldPort: Type.Integer(),
  letters: Type.Array(KeptLetter),
});
/** What the demo remembers beside the database: how far the telling came, and the customers' own mail. */
export type Diary = Static<typeof Diary>;

const pathOf = (dataFolder: string) => join(dataFolder, 'demo.json');

/** @returns null when this folder has no demo yet */
export async function readDiary(dataFolder: string): Promise<Diary | null> {
  const text = await readFile(pathOf(dataFolder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : Value.Parse(Diary, JSON.parse(text));
}

/** Written aside and renamed, so that a kill leaves the old one or the new one. */
export async function writeDiary(dataFolder: string, diary: Diary): Promise<void> {
  await mkdir(dataFolder, { recursive: true });
  const aside = `${pathOf(dataFolder)}.new`;
  await writeFile(aside, JSON.stringify(diary));
  await rename(aside, pathOf(dataFolder));
}
