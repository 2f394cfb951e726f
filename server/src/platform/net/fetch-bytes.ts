import { type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP } from 'node:net';
import { HouseError } from '../errors.ts';
import { log } from '../log.ts';
import { resolveHost } from './resolve-host.ts';

const MOST_REDIRECTS = 3;

export interface FetchLimits {
  /** Host names, addresses and ranges that may be reached although they are private. */
  privateHosts: readonly string[];
  maxBytes: number;
  /** For all of it, redirects included. */
  timeoutMs: number;
}

/** The world may say no; that is an outcome, not an error. */
export type Fetched = { ok: true; bytes: Buffer } | { ok: false; reason: FetchProblem };
export type FetchProblem = 'bad_address' | 'not_reachable' | 'refused' | 'too_large' | 'too_slow';

/**
 * Gets what lies at an address of the web, as nobody: without cookies, referrer or the asker's address.
 * Each step of a redirect is resolved and checked anew, and the socket goes to the address that was checked.
 */
export async function fetchBytes(address: string, limits: FetchLimits): Promise<Fetched> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  const fetched = await follow(address, limits, signal, MOST_REDIRECTS).catch((error: unknown): Fetched => {
    if (signal.aborted) return { ok: false, reason: 'too_slow' };
    return { ok: false, reason: error instanceof HouseError ? 'bad_address' : 'not_reachable' };
  });
  log.debug({ ok: fetched.ok, reason: fetched.ok ? null : fetched.reason }, 'fetched from outside');
  return fetched;
}

async function follow(
  address: string,
  limits: FetchLimits,
  signal: AbortSignal,
  redirects: number,
): Promise<Fetched> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return { ok: false, reason: 'bad_address' };
  const answer = await ask(url, limits, signal);
  const { statusCode = 0, headers } = answer;
  if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
    answer.destroy();
    const next = URL.canParse(headers.location, url.href) ? new URL(headers.location, url.href).href : '';
    return redirects === 0 ? { ok: false, reason: 'refused' } : follow(next, limits, signal, redirects - 1);
  }
  if (statusCode !== 200) {
    answer.destroy();
    return { ok: false, reason: 'refused' };
  }
  return gather(answer, limits.maxBytes);
}

async function ask(url: URL, { privateHosts }: FetchLimits, signal: AbortSignal): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const { address, family } = await resolveHost(host, { privateHosts });
  const secure = url.protocol === 'https:';
  const options: RequestOptions & { servername?: string } = {
    host: address,
    family,
    port: url.port === '' ? (secure ? 443 : 80) : url.port,
    path: `${url.pathname}${url.search}`,
    headers: { host: url.host, accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'Madoguchi' },
    signal,
    agent: false,
    ...(isIP(host) === 0 && { servername: host }),
  };
  return new Promise((resolve, reject) => {
    const call = (secure ? requestSecure : requestPlain)(options, resolve);
    call.on('error', reject);
    call.end();
  });
}

async function gather(answer: IncomingMessage, maxBytes: number): Promise<Fetched> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      answer.destroy();
      return { ok: false, reason: 'too_large' };
    }
    chunks.push(chunk);
  }
  return { ok: true, bytes: Buffer.concat(chunks) };
}
