import { type FeedEvent, type FeedTail, log } from '../platform/index.ts';
import type { AskRights } from './ask-rights.ts';
import { changesRightsOf } from './line.ts';
import { isNarrow } from './narrow.ts';
import type { Stream } from './stream.ts';

const BEAT = 15_000;
/** A page that hears nothing for longer than two of these takes its stream for dead. */
const PING = 5_000;
/** What ends by the clock, without an event, is asked for so often. */
const WATCH = 1000;
/** Pages of which only the database knows what they may hear, asked for side by side. */
const AT_ONCE = 8;

/** All streams of a process: the feed is read once for them. */
export interface Streams {
  /** Adds a page. `after` is the last position it knows; null for one that has just fetched everything. */
  add(stream: Stream, after: number | null): Promise<void>;
  remove(stream: Stream): void;
  /** Does something with all of them, after what was told before and before what is told next. */
  inTurn(work: (streams: Iterable<Stream>) => Promise<void>): Promise<void>;
  close(): void;
}

export function openStreams({ rights, tail }: { rights: AskRights; tail: FeedTail }): Streams {
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

  const refresh = async (some: readonly Stream[]) => {
    const actors = await rights.reload(some);
    for (const [n, stream] of some.entries()) {
      const actor = actors[n] ?? null;
      if (actor === null) drop(stream);
      else stream.setActor(actor);
    }
  };
  const deliver = async (events: FeedEvent[]) => {
    const isOther = (stream: Stream) => events.some((event) => changesRightsOf(event, stream.actor()));
    await refresh([...streams].filter(isOther));
    await tellAll(rights, [...streams], events);
  };
  const stopListening = tail.listen((events) => void inTurn(() => deliver(events)));

  const stopClocks = startClocks({
    beat: () =>
      inTurn(async () => {
        await refresh([...streams]);
        for (const stream of streams) stream.beat();
      }),
    ping: () => pingAll(streams),
    watch: watchEnds(rights, streams, drop),
  });

  return {
    add: (stream, after) =>
      inTurn(async () => {
        streams.add(stream);
        // His rights were asked when he came; what took them away since then was told before this turn.
        await refresh([stream]);
        if (streams.has(stream))
          await catchUp(tail, stream, after, (missed) => tellAll(rights, [stream], missed));
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

function pingAll(streams: Iterable<Stream>): void {
  for (const stream of streams) stream.ping();
}

function startClocks(acts: { beat: () => Promise<void>; ping: () => void; watch: () => void }): () => void {
  const clocks = [
    setInterval(() => void acts.beat(), BEAT),
    setInterval(acts.ping, PING),
    setInterval(acts.watch, WATCH),
  ];
  for (const clock of clocks) clock.unref();
  return () => clocks.forEach(clearInterval);
}

/** Not in turn: who is out is out, whatever the others wait for. One question at a time; the beat asks again. */
function watchEnds(rights: AskRights, streams: ReadonlySet<Stream>, drop: (stream: Stream) => void) {
  let isAsking = false;
  return () => {
    if (isAsking || streams.size === 0) return;
    isAsking = true;
    rights
      .ended([...streams])
      .then((ended) => ended.forEach(drop))
      .catch((error) => log.warn({ error: String(error) }, 'nobody could say whose sign-in has ended'))
      .finally(() => {
        isAsking = false;
      });
  };
}

/** Whose mailboxes say what he sees is told at once; of the others the database is asked, a few side by side. */
async function tellAll(rights: AskRights, streams: readonly Stream[], events: FeedEvent[]): Promise<void> {
  const isNarrowed = (stream: Stream) => isNarrow(stream.actor());
  for (const stream of streams) if (!isNarrowed(stream)) stream.tell(events);
  const waiting = streams.filter(isNarrowed);
  const tellNext = async (): Promise<void> => {
    for (let stream = waiting.pop(); stream !== undefined; stream = waiting.pop())
      stream.tell(await rights.narrow(stream.actor(), events));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, tellNext));
}

/** What it missed, one by one; or, when that is too much, everything anew. */
async function catchUp(
  tail: FeedTail,
  stream: Stream,
  after: number | null,
  tell: (missed: FeedEvent[]) => Promise<void>,
): Promise<void> {
  const position = tail.position();
  if (after === null) return stream.begin(position);
  const missed = await tail.since(after);
  if (missed === 'too_old') return stream.reset(position);
  stream.begin(after);
  await tell(missed);
}
