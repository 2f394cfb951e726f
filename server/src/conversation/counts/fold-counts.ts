import { type Db, defineSweep } from '../../platform/index.ts';
import { dropEmptySums, foldChanges } from './store.ts';

const EVERY = 5_000;
const AT_ONCE = 10_000;

/** Folds appended differences of the counts into their sums, so that a count stays a short sum. */
export const foldCounts = defineSweep<{ db: Db }>({
  name: 'conversation.fold_counts',
  everyMs: EVERY,
  async run({ db }) {
    while ((await db.transaction((tx) => foldChanges(tx, AT_ONCE))) === AT_ONCE);
    await db.transaction((tx) => dropEmptySums(tx));
  },
});
