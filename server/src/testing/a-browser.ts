import { TEST_ORIGIN, type TestHouse } from './open-house.ts';

interface Answer {
  status: number;
  /** What JSON says; the test that asks knows its shape. */
  body: ReturnType<typeof JSON.parse>;
}

/**
 * A browser with a page of the house open: it keeps the cookies that it is given.
 * @param from the address that it comes from
 */
export function aBrowser({ app }: TestHouse, from = '127.0.0.1') {
  const jar = new Map<string, string>();
  const ask = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ');
    const answer = await app.inject({
      method,
      url,
      remoteAddress: from,
      headers: { origin: TEST_ORIGIN, ...(cookie && { cookie }) },
      ...(payload !== undefined && { payload }),
    });
    for (const { name, value, maxAge } of answer.cookies) {
      if (maxAge === 0) jar.delete(name);
      else jar.set(name, value);
    }
    return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() } satisfies Answer;
  };
  return {
    /** A route of the API. */
    ask: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) =>
      ask(method, `/api/v1${path}`, payload),
    /** A door of sign-in. */
    knock: (path: string, body: object = {}) => ask('POST', `/api/auth${path}`, body),
    look: (path: string) => ask('GET', `/api/auth${path}`),
    signIn: (email: string, password: string) => ask('POST', '/api/auth/sign-in/email', { email, password }),
    cookies: jar,
  };
}
