import type { Actor } from '../../accounts/index.ts';
import type { App } from '../../platform/index.ts';
import type { Call, Row } from './calls.ts';
import type { OneConnection } from './one-connection.ts';
import type { Asker } from './people.ts';
import { watchChanges } from './snapshot.ts';
import { assignTo, secretAddress, secrets, type World } from './world.ts';

/**
 * What a cell of the table says.
 * - `yes`: it is done, or told
 * - `part`: it is answered, with nothing in it of the mailbox
 * - `mask`: it is told, with the customer's addresses masked
 * - `no`: as if it did not exist (404), and nothing changed
 * - `say`: refused with a reason (409, 400), and nothing changed
 * - `in`: sign in first (401), and nothing changed
 */
export type Cell = 'yes' | 'part' | 'mask' | 'no' | 'say' | 'in';

export interface Matrix {
  app: App;
  connection: OneConnection;
  world: World;
  askers: readonly Asker[];
  /** Who the latest request that was let in came as. */
  lastActor(): Actor | null;
}

interface Answer {
  status: number;
  text: string;
}

/** Asks one cell and undoes it. @throws Error when the answer fits no word of the table, or tells too much */
export async function askCell(
  { app, connection, world }: Matrix,
  asker: Asker,
  name: string,
  row: Row,
): Promise<Cell> {
  return connection.undone(async () => {
    const made = await connection.db.transaction(async (tx) => {
      if (asker.column.assigned) await assignTo(tx, world, asker.memberId);
      return prepared(() => row.prepare?.(tx, { world, asker }), asker);
    });
    const watch = await watchChanges(connection, row.prepare === undefined && !asker.column.assigned);
    const answer = await send(app, asker, routeOf(name), row.call({ world, asker, made }));
    const cell = cellOf(name, row, answer);
    if (cell === 'no' || cell === 'say' || cell === 'in') {
      const changed = await watch();
      if (changed.length > 0)
        throw new Error(`${name} as ${asker.column.key} was refused and changed ${changed}`);
    }
    return cell;
  });
}

/** Who cannot act here at all has nothing prepared, and asks with an id that is nobody's. */
async function prepared(
  work: () => Promise<string | undefined> | undefined,
  { column }: Asker,
): Promise<string> {
  const nobodys = '00000000-0000-7000-8000-000000000000';
  if (column.workspace === 'another' || column.left) return nobodys;
  return (await work()) ?? nobodys;
}

/** Who this person is to the server; null where he is asked to sign in. */
export async function actorOfRequest({ app, lastActor }: Matrix, asker: Asker): Promise<Actor | null> {
  const { status } = await send(app, asker, 'GET /statuses', {});
  return status === 200 ? lastActor() : null;
}

export const routeOf = (name: string) => name.replace(/ \(.*\)$/, '');

export async function send(app: App, { headers }: Asker, route: string, call: Call): Promise<Answer> {
  if (route === 'GET /stream') return openStream(app, headers);
  const [method = '', path = ''] = route.split(' ');
  const filled = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(call.params?.[key] ?? ''));
  const below = path.startsWith('/api/') ? '' : '/api/v1';
  const url = `${below}${filled}?${new URLSearchParams(call.query ?? {})}`;
  const form = call.upload === true ? formOf() : null;
  const body = method === 'GET' || method === 'DELETE' ? {} : { payload: call.body ?? {} };
  const answer = await app.inject({
    method: method as 'GET',
    url,
    remoteAddress: nextPeer(),
    ...(form ?? body),
    headers: { ...headers, ...form?.headers },
  });
  return { status: answer.statusCode, text: answer.body };
}

let peers = 0;
/** An address of its own for each request: how often one may ask is another test's subject. */
function nextPeer(): string {
  peers += 1;
  return `10.${peers >> 16}.${(peers >> 8) & 255}.${peers & 255}`;
}

/** A stream needs a socket, and does not end by itself: its beginning is all that is looked at. */
async function openStream(app: App, headers: Record<string, string>): Promise<Answer> {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  const end = new AbortController();
  const url = `http://127.0.0.1:${address.port}/api/v1/stream`;
  const answer = await fetch(url, { headers, signal: end.signal });
  const text = answer.ok ? await beginningOf(answer) : await answer.text();
  end.abort();
  return { status: answer.status, text };
}

/** Up to its first position: by then his rights have been asked anew, and nothing more is asked of the database. */
async function beginningOf(answer: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const bytes of answer.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (text.includes('id: ')) return text;
  }
  throw new Error(`the stream ended before it began: ${text}`);
}

function formOf() {
  const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n';
  return {
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    payload: Buffer.from(`${head}x\r\n--b--\r\n`),
  };
}

function cellOf(name: string, row: Row, { status, text }: Answer): Cell {
  const told = Object.values(secrets).filter((secret) => text.includes(secret));
  const code = /"code":"([\w.]+)"/.exec(text)?.[1] ?? '';
  if (status < 300)
    return told.length === 0 ? emptyOr(name, text) : text.includes(secretAddress) ? 'yes' : maskedOr(text);
  if (told.length > 0 || text.includes(secretAddress))
    throw new Error(`${name} was refused and told ${told}: ${text}`);
  if (row.past?.includes(code)) return 'yes';
  if (status === 401) return 'in';
  if (status === 404) return 'no';
  if (status === 409 || status === 400 || status === 403) return 'say';
  throw new Error(`${name} answered ${status}: ${text.slice(0, 500)}`);
}

/** An answer without a secret: was there one to tell? */
function emptyOr(name: string, text: string): Cell {
  const mark = MARKS[name] ?? MARKS[routeOf(name)];
  return mark !== undefined && !text.includes(mark) ? 'part' : 'yes';
}
const maskedOr = (text: string): Cell => (/\*\*\*(?:#[0-9a-f]{6})?@/.test(text) ? 'mask' : 'yes');

/** What answers 200 to everybody, with more or less in it; and a word that stands in the fuller answer only. */
const MARKS: Record<string, string> = {
  'GET /conversations': secrets.subject,
  'GET /conversations/csv': secrets.subject,
  'GET /conversations/:conversationId/drafts': secrets.draft,
  'GET /conversations/count': '"open":1',
  'GET /labels': '割れ物',
  'GET /views': 'みんなの一覧',
  'GET /views/counts': 'viewId',
  'GET /counts (conversations)': '"open":1',
  'GET /counts (letters that failed)': '"outboxAlarms":1',
  'GET /outgoing': secrets.subject,
  'GET /presence': '"writing":false',
  'GET /search': secrets.subject,
  'GET /mailboxes': 'うるし堂の漆器',
  'GET /channels': 'KAKURE-USER',
  'GET /members': 'target@matrix.example',
  'GET /house-letters': 'KAKURE-REPLY',
  'GET /sign-ins': 'KAKURE-DEVICE',
  'GET /sign-ins/csv': 'KAKURE-DEVICE',
};
