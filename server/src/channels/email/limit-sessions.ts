import type { Server, Socket } from 'node:net';

const MINUTE = 60_000;
/** A company's own relay is one peer; a hundred silent lines from one machine must not shut out the rest. */
const MOST_PER_PEER = 30;
/** Also for who sends a byte now and then; whoever is cut before his 250 comes again. */
const LONGEST_SESSION = 15 * MINUTE;

interface Limits {
  mostPerPeer?: number;
  longestSessionMs?: number;
}

/** What tells one line from another. */
interface Line {
  remoteAddress?: string | undefined;
  remotePort?: number | undefined;
}

/**
 * Counts the lines of each peer and ends those that last too long.
 * @returns whether a line was one too many when it came; those before it go on
 */
export function limitSessions(
  server: Server,
  { mostPerPeer = MOST_PER_PEER, longestSessionMs = LONGEST_SESSION }: Limits = {},
): (line: Line) => boolean {
  const lines = new Map<string, number>();
  const tooMany = new Set<string>();
  server.on('connection', (socket: Socket) => {
    const peer = socket.remoteAddress ?? '';
    const name = nameOf(socket);
    lines.set(peer, (lines.get(peer) ?? 0) + 1);
    if ((lines.get(peer) ?? 0) > mostPerPeer) tooMany.add(name);
    const deadline = setTimeout(() => socket.destroy(), longestSessionMs).unref();
    socket.once('close', () => {
      clearTimeout(deadline);
      tooMany.delete(name);
      const left = (lines.get(peer) ?? 1) - 1;
      if (left > 0) lines.set(peer, left);
      else lines.delete(peer);
    });
  });
  return (line) => tooMany.has(nameOf(line));
}

const V4_IN_V6 = /^::ffff:/i;
const nameOf = ({ remoteAddress = '', remotePort = 0 }: Line) =>
  `${remoteAddress.replace(V4_IN_V6, '')} ${remotePort}`;
