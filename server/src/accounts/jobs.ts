import { defineSweep } from '../platform/index.ts';
import { endOverPreviews } from './preview/end-preview.ts';
import { endOver } from './sign-in/session/end-over.ts';

const SECOND = 1000;

/** What ends by the clock is written down also when nobody comes with it any more. */
export const endWhatIsOver = defineSweep({
  name: 'accounts.end_what_is_over',
  everyMs: 10 * SECOND,
  async run({ db }) {
    while ((await db.transaction((tx) => endOver(tx, null))) > 0);
    await db.transaction(endOverPreviews);
  },
});

export const accountsSweeps = [endWhatIsOver];
