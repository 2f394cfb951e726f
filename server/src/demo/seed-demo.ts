import { listWorkspaces } from '../accounts/index.ts';
import { openParsePool } from '../intake/index.ts';
import { type Config, type Db, databaseNow, type Files } from '../platform/index.ts';
import { COMPANY, PLAYED } from './company.ts';
import { type Diary, type KeptLetter, readDiary, writeDiary } from './diary.ts';
import { happen } from './happen.ts';
import { findCompany, makeCompany } from './make-company.ts';
import { planCompany } from './plan.ts';
import type { PlannedConversation } from './planned.ts';
import { findMessages } from './store.ts';
import type { Telling } from './telling.ts';

export interface SeedNeeds {
  db: Db;
  files: Files;
  config: Pick<Config, 'dataFolder' | 'url'>;
  /** Told each step, for whoever waits. */
  say: (step: string) => void;
  /** What happened until a moment; tests tell a shorter story. */
  plan?: (now: Date) => readonly PlannedConversation[];
}

/** Conversations that happen side by side; each in its own order. */
const AT_ONCE = 4;
const SAY_EVERY = 50;

/**
 * Makes the example company and tells its last weeks, back from now. Does nothing when it is there; a telling
 * that was cut short goes on where it ended. A workspace that is not the demo's own is left alone.
 */
export async function seedDemo({ db, files, config, say, plan = planCompany }: SeedNeeds): Promise<void> {
  const found = await readDiary(config.dataFolder);
  const [workspace] = await db.transaction(listWorkspaces);
  if (found?.isTold === true || (workspace !== undefined && found === null)) return;

  const diary: Diary = found ?? { began: new Date().toISOString(), isTold: false, worldPort: 0, letters: [] };
  await writeDiary(config.dataFolder, diary);
  say(`${COMPANY}: 例の会社をつくっています / making the example company (first start only)`);
  if (workspace === undefined) await db.transaction((tx) => makeCompany(tx, config.url));
  const planned = plan(new Date(diary.began));
  await tell({ db, files }, planned, say);
  await writeDiary(config.dataFolder, { ...diary, isTold: true, letters: playedLetters(planned) });
}

async function tell(
  { db, files }: Pick<SeedNeeds, 'db' | 'files'>,
  planned: readonly PlannedConversation[],
  say: SeedNeeds['say'],
): Promise<void> {
  const pool = openParsePool();
  try {
    const telling = await db.transaction(async (tx): Promise<Telling> => {
      const [workspace] = await listWorkspaces(tx);
      if (workspace === undefined) throw new Error('the example company was not made');
      return { db, files, pool, company: await findCompany(tx, workspace.id), since: await databaseNow(tx) };
    });
    await inTurns(planned, async (conversation, no) => {
      if (!(await hasHappened(telling, conversation))) await happen(telling, conversation);
      if ((no + 1) % SAY_EVERY === 0) say(`  案件 / conversations ${no + 1} / ${planned.length}`);
    });
  } finally {
    await pool.close();
  }
}

async function inTurns<T>(items: readonly T[], work: (item: T, no: number) => Promise<void>): Promise<void> {
  const waiting = items.entries();
  const one = async () => {
    for (const [no, item] of waiting) await work(item, no);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** One that was begun before a kill stays as it is. */
async function hasHappened(
  { db, company }: Telling,
  { steps: [first] }: PlannedConversation,
): Promise<boolean> {
  if (first?.kind !== 'in') return false;
  const { messageId } = first.letter;
  return (await db.transaction((tx) => findMessages(tx, company.workspaceId, messageId))).length > 0;
}

/** What the played customers find in their own mail. */
function playedLetters(planned: readonly PlannedConversation[]): KeptLetter[] {
  const played = new Set<string>(PLAYED.map(({ address }) => address));
  return planned
    .filter(({ customer }) => played.has(customer))
    .flatMap(({ customer, steps }) =>
      steps.flatMap((step): KeptLetter[] => {
        if (step.kind !== 'in' && step.kind !== 'out') return [];
        const { messageId: id, from, to, subject, text, at, references } = step.letter;
        const direction = step.kind === 'in' ? 'sent' : 'received';
        const kept = { id, customer, direction, subject, text } as const;
        const names = { from: nameOf(from), to: to.map(nameOf).join(', ') };
        return [{ ...kept, ...names, at: at.toISOString(), references: [...references] }];
      }),
    );
}

const nameOf = ({ name, address }: { name: string; address: string }): string =>
  name === '' ? address : `${name} <${address}>`;
