import type { ServerResponse } from 'node:http';
import type { LiveLine, PresenceLine } from '@madoguchi/contract';
import type { Actor } from '../accounts/index.ts';
import type { FeedEvent } from '../platform/index.ts';
import { lineFor } from './line.ts';

/** Bytes that may wait for a slow reader before it is cut; it comes back with its Last-Event-ID. */
const BACKLOG_LIMIT = 256 * 1024;
const RETRY = 2000;

/** One open page. It is told in the order of the feed and never twice. */
export interface Stream {
  /** Where the page is: its person may be let in from there no longer. */
  readonly address: string;
  actor(): Actor;
  /** Rights as they are from now on. */
  setActor(actor: Actor): void;
  /** From here on; what came before this position is known to the page. */
  begin(position: number): void;
  tell(events: readonly FeedEvent[]): void;
  /** Who looks at a conversation; it has no place in the feed, and is never told again. */
  tellPresence(line: PresenceLine): void;
  /** Fetch everything anew; goes on from `position`. */
  reset(position: number): void;
  beat(): void;
  /** Only says that the line is alive. */
  ping(): void;
  end(): void;
}

/** Begins to answer on a raw response, which belongs to the stream from now on. */
export function openStream(
  response: ServerResponse,
  first: Actor,
  { address, headers }: { address: string; headers: Record<string, string> },
): Stream {
  let actor = first;
  let told = -1;
  response.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  const write = (text: string) => {
    if (response.destroyed || response.writableEnded) return;
    response.write(text);
    if (response.writableLength > BACKLOG_LIMIT) response.destroy();
  };
  write(`retry: ${RETRY}\n\n`);
  return {
    address,
    actor: () => actor,
    setActor(next) {
      actor = next;
    },
    begin(position) {
      told = position;
      write(`id: ${position}\n\n`);
    },
    tell(events) {
      const fresh = events.filter(({ position }) => position > told);
      const lines = fresh.flatMap((event) => lineFor(event, actor) ?? []);
      told = fresh.at(-1)?.position ?? told;
      if (lines.length > 0) write(lines.map(textOf).join(''));
    },
    tellPresence: (line) => write(`event: presence\ndata: ${JSON.stringify(line)}\n\n`),
    reset(position) {
      told = position;
      write(`id: ${position}\nevent: reset\ndata: {}\n\n`);
    },
    // The id moves on although nothing was to tell, so that a return asks for little.
    beat: () => write(`:\nid: ${told}\n\n`),
    ping: () => write(':\n\n'),
    end: () => void response.end(),
  };
}

const textOf = (line: LiveLine): string =>
  `id: ${line.position}\nevent: change\ndata: ${JSON.stringify(line)}\n\n`;
