import { reach, readAnswer } from './client.ts';

const AUTH = '/api/auth';
const JSON_TYPE = 'application/json';

/** Posts to one of the doors of sign-in. @throws RefusedError, UnreachedError */
export async function knock(path: string, body: object = {}): Promise<unknown> {
  const answer = await reach(`${AUTH}${path}`, {
    method: 'POST',
    headers: { 'content-type': JSON_TYPE, accept: JSON_TYPE },
    body: JSON.stringify(body),
  });
  return readAnswer(answer);
}

/** Reads from one of the doors of sign-in. @throws RefusedError, UnreachedError */
export async function look(path: string): Promise<unknown> {
  return readAnswer(await reach(`${AUTH}${path}`, { method: 'GET', headers: { accept: JSON_TYPE } }));
}
