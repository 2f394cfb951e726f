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

/**
 * Counts the lines of each peer and ends those that last too long.
 * @returns whether one more line of this peer is one too many
 */
export function limitSessions(
  server: Server,
  { mostPerPeer = MOST_PER_PEER, longestSessionMs = LONGEST_SESSION }: Limits = {},
): (peer: string) => boolean {
  const lines = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const peer = socket.remoteAddress ?? '';
    lines.set(peer, (lines.get(peer) ?? 0) + 1);
    const deadline = setTimeout(() => socket.destroy(), longestSessionMs).unref();
    socket.once('close', () => {
      clearTimeout(deadline);
      const left = (lines.get(peer) ?? 1) - 1;
      if (left > 0) lines.set(peer, left);
      else lines.delete(peer);
    });
  });
  return (peer) => (lines.get(peer) ?? 0) > mostPerPeer;
}
