/** One person's way into the API of a house, for what a journey needs before it begins. */
export interface Wire {
  /** @throws Error when the answer is not 2xx */
  // biome-ignore lint/suspicious/noExplicitAny: a journey reads whatever the server answered.
  ask(method: string, path: string, body?: object): Promise<any>;
}

/** Headers of every request, such as those of a proxy that stands before the house. */
type Headers = Record<string, string>;

/** Without a person: the first page and the links. */
export const openWire = (url: string, cookie = '', more: Headers = {}): Wire => ({
  async ask(method, path, body) {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...more, origin: url, cookie, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  },
});

/** Signed in by password. */
export async function signedInWire(
  url: string,
  person: { email: string; password: string },
  more: Headers = {},
): Promise<Wire> {
  const { email, password } = person;
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { ...more, origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`sign-in of ${email}: ${response.status} ${await response.text()}`);
  const cookie = response.headers.getSetCookie().map((each) => each.split(';')[0]);
  return openWire(url, cookie.join('; '), more);
}
