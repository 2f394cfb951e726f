import type { Refusal, Route } from '@madoguchi/contract';
import type { Static, TSchema } from 'typebox';
import { setServerNow } from './clock.ts';
import { endOf, session } from './session.ts';

export const API = '/api/v1';

/** What the server would not do: a code for the program, facts for the screen. */
export class RefusedError extends Error {
  readonly status: number;
  readonly refusal: Refusal;

  constructor(status: number, refusal: Refusal) {
    super(refusal.message);
    this.name = 'RefusedError';
    this.status = status;
    this.refusal = refusal;
  }
}

/** The request did not reach the server, or its answer did not reach us. */
export class UnreachedError extends Error {
  override name = 'UnreachedError';
}

type Part<Name extends string, T> = Record<never, never> extends T ? { [K in Name]?: T } : { [K in Name]: T };
export type Input<P extends TSchema, Q extends TSchema, B extends TSchema> = Part<'params', Static<P>> &
  Part<'query', Static<Q>> &
  Part<'body', Static<B>>;

interface Options {
  signal?: AbortSignal;
  /** `throw` where no one is signed in yet; otherwise a sign-in that no longer holds empties the page. */
  onSignedOut?: 'leave' | 'throw';
  /** Lets the request outlive the page (a window that closes). */
  keepalive?: boolean;
}

interface Loose {
  params?: unknown;
  query?: unknown;
  body?: unknown;
}

/** The address of a route: /api/v1 with its names filled in. */
export function addressOf(route: Route, { params, query }: Loose): string {
  const filled = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown> | undefined)?.[name] ?? '')),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null) search.set(name, String(value));
  }
  return `${API}${filled}${search.size > 0 ? `?${search}` : ''}`;
}

/** Calls one route of the contract. @throws RefusedError, UnreachedError */
export async function call<P extends TSchema, Q extends TSchema, B extends TSchema, A extends TSchema>(
  route: Route<P, Q, B, A>,
  input: Input<P, Q, B>,
  options: Options = {},
): Promise<Static<A>> {
  const loose: Loose = input;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (route.method !== 'GET') headers['content-type'] = 'application/json';
  const answer = await reach(addressOf(route, loose), {
    method: route.method,
    headers,
    ...(route.method === 'GET' ? {} : { body: JSON.stringify(loose.body ?? {}) }),
    ...(options.signal ? { signal: options.signal } : {}),
    keepalive: options.keepalive ?? false,
  });
  if (answer.status === 401 && !route.open && options.onSignedOut !== 'throw') return leave(answer);
  // The server checks each answer against the same schema before it leaves.
  return (await readAnswer(answer)) as Static<A>;
}

/** The sign-in no longer holds: the page is emptied, and who asked is gone with it. */
export async function leave(answer: Response): Promise<never> {
  const { code } = asRefusal(parse(await answer.text()), answer.status);
  session.finish(endOf(code));
  return new Promise(() => undefined);
}

/** One request of the page to its own server; carries the session and reads the server's clock. */
export async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(address, { credentials: 'same-origin', cache: 'no-cache', ...init });
    setServerNow(answer.headers.get('x-server-now') ?? answer.headers.get('date'));
    return answer;
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new UnreachedError('no answer', { cause });
  }
}

export async function readAnswer(answer: Response): Promise<unknown> {
  const text = await answer.text();
  const body: unknown = text === '' ? {} : parse(text);
  if (answer.ok) return body;
  throw new RefusedError(answer.status, asRefusal(body, answer.status));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function asRefusal(body: unknown, status: number): Refusal {
  if (typeof body === 'object' && body !== null && 'code' in body) {
    const { code, message, facts, requestId } = body as Partial<Refusal>;
    return { code: String(code), message: message ?? '', facts: facts ?? {}, requestId: requestId ?? '' };
  }
  return { code: `http.${status}`, message: '', facts: {}, requestId: '' };
}

/** A code of refusal, or null when the fault is another. */
export const codeOf = (error: unknown): string | null =>
  error instanceof RefusedError ? error.refusal.code : null;
