import { appendEvent, type Tx } from '../../platform/index.ts';
import type { MemberActor } from '../actor.ts';
import { isByToken, readSignInId } from '../sign-in/sign-in-id.ts';
import { closeOverPreviews, closePreview, type EndedPreview } from './store.ts';

type Ending = 'hand' | 'time';

/**
 * Back to oneself: the pages that show the other close everywhere. A program's token looks as nobody.
 * @returns false when nobody was looked at as; then nothing was changed
 */
export async function endPreview(tx: Tx, asker: MemberActor): Promise<boolean> {
  if (asker.sessionOrTokenId === null || isByToken(asker)) return false;
  const closed = await closePreview(tx, asker.workspaceId, readSignInId(asker.sessionOrTokenId).id);
  if (closed === null) return false;
  await tellEnded(tx, closed, closed.wasRunning ? 'hand' : 'time');
  return closed.wasRunning;
}

/** Ends what is over by itself: its hour has passed, or its session has ended. */
export async function endOverPreviews(tx: Tx): Promise<void> {
  for (const closed of await closeOverPreviews(tx)) await tellEnded(tx, closed, 'time');
}

/** Who looked did so as himself: the event names him, and in its facts whom he looked at. */
async function tellEnded(tx: Tx, { targetId, ...asker }: EndedPreview, by: Ending): Promise<void> {
  await appendEvent(tx, asker, { kind: 'preview_ended', facts: { memberId: targetId, by } });
}
