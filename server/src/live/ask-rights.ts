import { type Actor, findEnded, type Present, reloadActors } from '../accounts/index.ts';
import type { Db, FeedEvent } from '../platform/index.ts';
import { narrowTo } from './narrow.ts';
import type { Stream } from './stream.ts';

/** What streams ask the database, for all of a process together wherever that can be. */
export interface AskRights {
  /** Rights as they are now, in the order of the streams; null: its person is out. */
  reload(streams: readonly Stream[]): Promise<(Actor | null)[]>;
  /** Those that no event ends: by age, by idle time, by the hour of a preview. */
  ended(streams: readonly Stream[]): Promise<Stream[]>;
  /** Of these events those that concern who sees some conversations of his mailboxes only. */
  narrow(actor: Actor, events: readonly FeedEvent[]): Promise<FeedEvent[]>;
}

export function askRights(db: Pick<Db, 'transaction' | 'reading'>): AskRights {
  return {
    reload: (streams) => reloadActors(db.reading, streams.map(presentIn)),
    ended: async (streams) => {
      const present = streams.map((stream) => ({ ...presentIn(stream), stream }));
      return (await findEnded(db.reading, present)).map(({ stream }) => stream);
    },
    narrow: (actor, events) => db.transaction((tx) => narrowTo(tx, actor, events)),
  };
}

const presentIn = (stream: Stream): Present => ({ actor: stream.actor(), address: stream.address });
