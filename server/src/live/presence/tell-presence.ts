import type { ConversationId, MailboxId, Presence, WorkspaceId } from '@madoguchi/contract';
import { type Actor, mayIn } from '../../accounts/index.ts';
import { visibleAmong } from '../../conversation/index.ts';
import { type Db, listenTo, log, type Tx } from '../../platform/index.ts';
import { isNarrow } from '../narrow.ts';
import type { Stream } from '../stream.ts';
import type { Streams } from '../streams.ts';
import { CHANNEL, listLookersAt } from './store.ts';

/** Who clicks through a list changes often; his colleagues are told of where he stays. */
const GATHER = 150;

interface News {
  presence: Presence;
  mailboxId: MailboxId;
}

/**
 * Tells the streams of this process who looks at what, as far as each may know: whatever any process hears
 * is told in all.
 *
 * @returns a function that ends it
 */
export function tellPresence(db: Pick<Db, 'url' | 'transaction'>, streams: Streams): () => Promise<void> {
  const changed = new Map<WorkspaceId, Set<ConversationId>>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let begun = false;

  const flush = async (open: Iterable<Stream>) => {
    timer = undefined;
    const all = [...changed];
    changed.clear();
    for (const [workspaceId, ids] of all) {
      const theirs = [...open].filter((stream) => stream.actor().workspaceId === workspaceId);
      if (theirs.length > 0) await tellWorkspace(db, theirs, workspaceId, [...ids]);
    }
  };
  const hear = (payload: string | null) => {
    if (payload === null) {
      // What was said while nobody listened is asked for by each page.
      if (begun)
        void streams.inTurn(async (open) => [...open].forEach((stream) => void stream.tellPresence(null)));
      begun = true;
      return;
    }
    const said = JSON.parse(payload) as { workspaceId: WorkspaceId; conversationIds: ConversationId[] }; // By notifyLooks alone.
    const ids = changed.get(said.workspaceId) ?? new Set();
    for (const id of said.conversationIds) ids.add(id);
    changed.set(said.workspaceId, ids);
    timer ??= setTimeout(() => void streams.inTurn(flush), GATHER);
  };
  const stop = listenTo(db, CHANNEL, hear);
  return async () => {
    clearTimeout(timer);
    await stop();
  };
}

async function tellWorkspace(
  db: Pick<Db, 'transaction'>,
  streams: readonly Stream[],
  workspaceId: WorkspaceId,
  ids: readonly ConversationId[],
): Promise<void> {
  await db
    .transaction(async (tx) => {
      const news = await listLookersAt(tx, workspaceId, ids);
      for (const stream of streams)
        for (const { presence } of await ofConcern(tx, stream.actor(), news)) stream.tellPresence(presence);
    })
    // The next change tells it again, and whoever went is asked for anew by a fresh page.
    .catch((error) => log.warn({ error: String(error) }, 'who looks at what could not be told'));
}

/** What this person may know of: where the mailbox does not say it, the conversation itself is asked. */
async function ofConcern(tx: Tx, actor: Actor, news: readonly News[]): Promise<News[]> {
  const inSight = news.filter(({ mailboxId }) => mayIn(actor, 'conversation.see', mailboxId));
  if (inSight.length === 0 || (!isNarrow(actor) && actor.previewedBy === null)) return inSight;
  const ids = inSight.map(({ presence }) => presence.conversationId);
  const seen = await visibleAmong(tx, actor, ids);
  return inSight.filter(({ presence }) => seen.has(presence.conversationId));
}
