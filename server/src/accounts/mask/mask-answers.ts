import { pipeline, type Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import type { App, AppReply, Edge } from '../../platform/index.ts';
import type { Mask } from './mask.ts';
import { maskCsv } from './mask-csv.ts';
import { maskHtml } from './mask-html.ts';
import { maskJson, type Reader } from './mask-json.ts';
import { openMasks, seesAddresses } from './open-masks.ts';

/**
 * Hides customers' addresses in every answer to who may not see them. It stands at the edge, behind all
 * routes, those to come as well: JSON, refusals and their facts, letters as pages, tables, names of files.
 * Files themselves pass as they are; the routes that serve originals refuse them.
 */
export function maskAnswers(app: App, edge: Pick<Edge, 'db' | 'secrets'>): void {
  const masks = openMasks(edge);
  app.addHook('onSend', async (request, reply, payload) => {
    const { actor } = request;
    if (actor === null || seesAddresses(actor)) return payload;
    const mask = await edge.db.transaction((tx) => masks.ofWorkspace(tx, actor.workspaceId));
    maskFileName(mask, reply);
    return maskPayload({ mask, reader: actor }, String(reply.getHeader('content-type') ?? ''), payload);
  });
}

interface Ground {
  mask: Mask;
  reader: Reader;
}

async function maskPayload(ground: Ground, type: string, payload: unknown): Promise<unknown> {
  const { mask } = ground;
  if (type.startsWith('text/csv')) return maskTable(mask, payload);
  const change = changeOf(type, ground.reader);
  if (change === null || payload === null || payload === undefined) return payload;
  const whole = isStream(payload) ? await textOf(payload) : String(payload);
  return whole === '' ? whole : change(mask, whole);
}

/** Null for what is no text: pictures and files. */
function changeOf(type: string, reader: Reader): ((mask: Mask, whole: string) => string) | null {
  if (type.includes('json')) return (mask, whole) => maskJson(mask, whole, reader);
  if (type.startsWith('text/html')) return maskHtml;
  return type.startsWith('text/') ? (mask, whole) => mask.text(whole) : null;
}

/** Page by page, as it comes: a table may be long. */
function maskTable(mask: Mask, payload: unknown): Readable {
  const table = maskCsv(mask);
  // Whichever end breaks ends the other; the edge hears of it from the table.
  if (isStream(payload)) pipeline(payload, table, () => {});
  else table.end(String(payload ?? ''));
  return table;
}

const isStream = (payload: unknown): payload is Readable =>
  typeof payload === 'object' && payload !== null && 'pipe' in payload;

const FILE_NAME = /filename\*=UTF-8''(\S+)$/;

/** The name stands in the header twice: plain, and percent-encoded for all scripts. */
function maskFileName(mask: Mask, reply: AppReply): void {
  const header = reply.getHeader('content-disposition');
  if (typeof header !== 'string') return;
  const [plain = '', encoded] = header.split(FILE_NAME);
  const name =
    encoded === undefined
      ? ''
      : `filename*=UTF-8''${encodeURIComponent(mask.text(decodeURIComponent(encoded)))}`;
  reply.header('content-disposition', mask.text(plain) + name);
}
