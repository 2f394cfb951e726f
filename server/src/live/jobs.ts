import { defineSweep } from '../platform/index.ts';
import { notifyLooks } from './presence/store.ts';
import { deleteGone } from './sweep/store.ts';

/** A notification of PostgreSQL holds 8,000 bytes. */
const AT_ONCE = 100;

/** Whoever is gone without a word is forgotten, and his colleagues are told, within 25 seconds of his last one. */
export const forgetGone = defineSweep({
  name: 'live.forget_gone',
  everyMs: 3_000,
  async run({ db }) {
    await db.transaction(async (tx) => {
      const gone = Map.groupBy(await deleteGone(tx), ({ workspaceId }) => workspaceId);
      for (const [workspaceId, rows] of gone) {
        const ids = [...new Set(rows.map(({ conversationId }) => conversationId))];
        for (let at = 0; at < ids.length; at += AT_ONCE)
          await notifyLooks(tx, workspaceId, ids.slice(at, at + AT_ONCE));
      }
    });
  },
});

export const liveSweeps = [forgetGone];
