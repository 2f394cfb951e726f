import { reloadActor } from '../accounts/index.ts';
import { type Db, type FeedEvent, type FeedTail, log } from '../platform/index.ts';
import { changesRightsOf } from './line.ts';
import { isNarrow, narrowTo } from './narrow.ts';
import type { Stream } from './stream.ts';

const BEAT = 15_000;
/** A page that hears nothing for longer than two of these takes its stream for dead. */
const PING = 5_000;

/** All streams of a process: the feed is read once for them. */
export interface Streams {
  /** Adds a page. `after` is the last position it knows; null for one that has just fetched everything. */
  add(stream: Stream, after: number | null): Promise<void>;
  remove(stream: Stream): void;
  /** Does something with all of them, after what was told before and before what is told next. */
  inTurn(work: (streams: Iterable<Stream>) => Promise<void>): Promise<void>;
  close(): void;
}

export function openStreams({ db, tail }: { db: Pick<Db, 'transaction'>; tail: FeedTail }): Streams {
  const streams = new Set<Stream>();
  const drop = (stream: Stream) => {
    streams.delete(stream);
    stream.end();
  };
  // One batch after the other: a change of rights is known before any line that comes after it.
  let turn = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => {
    turn = turn.then(work).catch((error) => {
      // Nobody knows who missed what: each comes back with its Last-Event-ID and is told from there.
      log.error({ error: String(error) }, 'streams could not be told, they are closed');
      for (const stream of [...streams]) drop(stream);
    });
    return turn;
  };

  const tell = (stream: Stream, events: FeedEvent[]) => tellWhatConcerns(db, stream, events);
  const refresh = async (some: Iterable<Stream>) => {
    for (const stream of some) {
      const actor = await db.transaction((tx) => reloadActor(tx, stream.actor(), stream.address));
      if (actor === null) drop(stream);
      else stream.setActor(actor);
    }
  };
  const deliver = async (events: FeedEvent[]) => {
    const isOther = (stream: Stream) => events.some((event) => changesRightsOf(event, stream.actor()));
    await refresh([...streams].filter(isOther));
    for (const stream of streams) await tell(stream, events);
  };
  const stopListening = tail.listen((events) => void inTurn(() => deliver(events)));

  const stopClocks = startClocks(streams, () =>
    inTurn(async () => {
      await refresh([...streams]);
      for (const stream of streams) stream.beat();
    }),
  );

  return {
    add: (stream, after) =>
      inTurn(async () => {
        streams.add(stream);
        // His rights were asked when he came; what took them away since then was told before this turn.
        await refresh([stream]);
        if (streams.has(stream)) await catchUp(tail, stream, after, tell);
      }),
    remove: (stream) => void streams.delete(stream),
    inTurn: (work) => inTurn(() => work(streams)),
    close() {
      stopListening();
      stopClocks();
      for (const stream of [...streams]) drop(stream);
    },
  };
}

/** A session that ended makes no event: it is asked for at each beat, and the stream closes. */
function startClocks(streams: Iterable<Stream>, beat: () => Promise<void>): () => void {
  const beats = setInterval(() => void beat(), BEAT);
  const pings = setInterval(() => {
    for (const stream of streams) stream.ping();
  }, PING);
  beats.unref();
  pings.unref();
  return () => {
    clearInterval(beats);
    clearInterval(pings);
  };
}

async function tellWhatConcerns(
  db: Pick<Db, 'transaction'>,
  stream: Stream,
  events: FeedEvent[],
): Promise<void> {
  const actor = stream.actor();
  if (!isNarrow(actor)) return stream.tell(events);
  stream.tell(await db.transaction((tx) => narrowTo(tx, actor, events)));
}

/** What it missed, one by one; or, when that is too much, everything anew. */
async function catchUp(
  tail: FeedTail,
  stream: Stream,
  after: number | null,
  tell: (stream: Stream, events: FeedEvent[]) => Promise<void>,
): Promise<void> {
  const position = tail.position();
  if (after === null) return stream.begin(position);
  const missed = await tail.since(after);
  if (missed === 'too_old') return stream.reset(position);
  stream.begin(after);
  await tell(stream, missed);
}
