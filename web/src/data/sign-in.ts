import { reach, readAnswer } from './client.ts';

const AUTH = '/api/auth';

const post = async (address: string, body: object): Promise<void> => {
  const answer = await reach(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  await readAnswer(answer);
};

/** Opens a session by password. @throws RefusedError (401 when they do not fit, 429), UnreachedError */
export const signIn = (email: string, password: string): Promise<void> =>
  post(`${AUTH}/sign-in/email`, { email, password });

/** Ends the session and everything kept in the page with it. */
export async function signOut(): Promise<void> {
  // Whatever the server answers, the page must not go on as this person.
  await post(`${AUTH}/sign-out`, {}).catch(() => undefined);
  location.assign('/sign-in');
}
