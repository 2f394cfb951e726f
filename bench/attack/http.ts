import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';

const ANSWER_WITHIN = 60_000;

export interface Call {
  /** The whole address; its host is where the line goes, whatever the headers say. */
  url: string;
  method?: string;
  headers?: OutgoingHttpHeaders;
  /** An object goes as JSON; text and bytes as they are. */
  body?: unknown;
  /** The address of this machine that asks. */
  from?: string;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a program reads whatever the server answered.
  json: any;
}

/** One request on a line of its own: fetch would not let an attacker choose his headers or his address. */
export function ask({ url, method = 'GET', headers = {}, body, from }: Call): Promise<Answer> {
  const isPlain = typeof body === 'string' || Buffer.isBuffer(body);
  const bytes = body === undefined ? null : Buffer.from(isPlain ? body : JSON.stringify(body));
  const all: OutgoingHttpHeaders = {
    ...(bytes !== null && { 'content-length': bytes.length }),
    ...(bytes !== null && !isPlain && { 'content-type': 'application/json' }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      { method, headers: all, agent: false, ...(from && { localAddress: from }), timeout: ANSWER_WITHIN },
      (answer) => {
        buffer(answer).then((content) => {
          const text = content.toString('utf8');
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, json: parse(text) });
        }, reject);
      },
    );
    call.on('timeout', () => call.destroy(new Error(`no answer within ${ANSWER_WITHIN / 1000} s`)));
    call.on('error', reject);
    call.end(bytes ?? undefined);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Writes bytes that no client library would send; everything that came back until the line was quiet or shut. */
export function askRaw(
  { url, from, quietMs = 1_000 }: { url: string; from: string; quietMs?: number },
  bytes: string | Buffer,
): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port), localAddress: from });
    const settle = () => {
      socket.destroy();
      resolve(heard);
    };
    let timer = setTimeout(settle, ANSWER_WITHIN);
    socket.on('connect', () =>
      socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes),
    );
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      clearTimeout(timer);
      timer = setTimeout(settle, quietMs);
    });
    socket.on('error', settle);
    socket.on('close', () => {
      clearTimeout(timer);
      settle();
    });
  });
}

/** How many answers stand in what a line said. */
export const answersIn = (heard: string) => heard.match(/^HTTP\/1\.1 \d{3}/gm)?.length ?? 0;

/** An answer in a few words, for the table. */
export const brief = ({ status, json, text }: Answer) => `${status} ${json?.code ?? text.slice(0, 60)}`;

export const isRefused = ({ status }: Answer) => status >= 400 && status < 500;
