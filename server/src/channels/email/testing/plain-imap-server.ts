import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export interface PlainLetter {
  uid: number;
  text: string;
  flags?: string;
  /** INTERNALDATE. */
  date?: string;
}

/** What the server does; a test changes it while clients are connected. */
export interface PlainImap {
  port: number;
  letters: PlainLetter[];
  uidValidity: number;
  /** Answers a command line instead of the server: lines to write, null to cut the line, "" to say nothing. */
  instead: ((command: string) => string | null | undefined) | null;
  /** Every command, without its tag. */
  heard: string[];
  /** How many clients are connected now. */
  connections(): number;
  close(): Promise<void>;
}

/**
 * An IMAP server of the plainest kind: no IDLE, no ESEARCH, no CONDSTORE, no UIDPLUS, no compression, as
 * old Courier and small providers run them. It knows what reading needs, and does what a test says.
 */
export async function plainImapServer(): Promise<PlainImap> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => serve(imap, sockets, socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const imap: PlainImap = {
    port: address.port,
    letters: [],
    uidValidity: 7,
    instead: null,
    heard: [],
    connections: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return imap;
}

function serve(imap: PlainImap, sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket);
  socket.on('error', () => {});
  socket.on('close', () => sockets.delete(socket));
  socket.write('* OK plain and simple\r\n');
  let rest = '';
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [tag = '', ...words] = line.split(' ');
      const command = words.join(' ');
      imap.heard.push(command);
      const own = imap.instead?.(command);
      if (own === null) socket.destroy();
      else if (own === '') continue;
      else if (own !== undefined) socket.write(`${own.replaceAll('TAG', tag)}\r\n`, 'latin1');
      else socket.write(`${answer(imap, command)}${tag} OK done\r\n`, 'latin1');
    }
  });
}

/** The untagged lines of an answer. */
function answer(imap: PlainImap, command: string): string {
  const { letters, uidValidity } = imap;
  if (command === 'CAPABILITY') return '* CAPABILITY IMAP4rev1\r\n';
  if (/^(?:LIST|LSUB)/.test(command)) return '* LIST (\\HasNoChildren) "/" INBOX\r\n';
  if (/^EXAMINE/.test(command)) {
    const next = Math.max(0, ...letters.map(({ uid }) => uid)) + 1;
    return `* FLAGS (\\Seen \\Deleted)\r\n* ${letters.length} EXISTS\r\n* OK [UIDVALIDITY ${uidValidity}] v\r\n* OK [UIDNEXT ${next}] n\r\n`;
  }
  if (/^UID SEARCH/.test(command)) return `* SEARCH ${search(letters, command).join(' ')}\r\n`;
  if (/^UID FETCH/.test(command)) return fetch(letters, command);
  return '';
}

function search(letters: PlainLetter[], command: string): number[] {
  const from = Number(/UID (\d+):\*/.exec(command)?.[1] ?? 0);
  const undeleted = letters.filter(({ flags }) => flags !== '\\Deleted');
  const found = undeleted.filter(({ uid }) => uid >= from).map(({ uid }) => uid);
  // As RFC 9051 says of "n:*": the last letter is always named.
  const last = undeleted.at(-1)?.uid;
  return found.length === 0 && last !== undefined ? [last] : found;
}

function fetch(letters: PlainLetter[], command: string): string {
  const wanted = new Set(/^UID FETCH ([\d,]+)/.exec(command)?.[1]?.split(',').map(Number));
  const lines = letters.map(({ uid, text, flags = '', date = '03-Jan-2026 01:05:34 +0900' }, index) => {
    if (!wanted.has(uid)) return '';
    const body = /BODY\.PEEK\[\]/.test(command) ? ` BODY[] {${text.length}}\r\n${text}` : '';
    const facts = `UID ${uid} FLAGS (${flags}) INTERNALDATE "${date}" RFC822.SIZE ${text.length}`;
    return `* ${index + 1} FETCH (${facts}${body})\r\n`;
  });
  return lines.join('');
}
