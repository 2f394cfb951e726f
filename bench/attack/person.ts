import { type Answer, ask, brief } from './http.ts';

/** Somebody at a browser of his own: signed in, on our own page. */
export interface Person {
  name: string;
  email: string;
  password: string;
  memberId: string;
  /** As a browser would send it. */
  cookie: string;
  /** One call of the API as our own page makes it. */
  ask(method: string, path: string, body?: object): Promise<Answer>;
}

export interface SignInFacts {
  url: string;
  email: string;
  password: string;
  from: string;
}

/** The headers that a page of ours sends with a change. */
export const ourPage = (url: string) => ({ origin: url });

export function trySignIn({ url, email, password, from }: SignInFacts): Promise<Answer> {
  const call = { method: 'POST', headers: ourPage(url), body: { email, password }, from };
  return ask({ url: `${url}/api/auth/sign-in/email`, ...call });
}

export function cookiesOf({ headers }: Answer): string {
  return (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
}

/** @throws Error when the sign-in did not work */
export async function signIn(facts: SignInFacts & { name: string }): Promise<Person> {
  const answer = await trySignIn(facts);
  const cookie = cookiesOf(answer);
  if (answer.status !== 200 || cookie === '')
    throw new Error(`${facts.name} cannot sign in: ${brief(answer)}`);
  const { url, from } = facts;
  const asPerson: Person['ask'] = (method, path, body) =>
    ask({
      url: `${url}/api/v1${path}`,
      method,
      headers: { cookie, ...ourPage(url) },
      ...(body && { body }),
      from,
    });
  const me = await asPerson('GET', '/me');
  if (me.status !== 200) throw new Error(`${facts.name} is not known after the sign-in: ${brief(me)}`);
  return { ...facts, cookie, memberId: me.json.member.id, ask: asPerson };
}
