import { createHmac } from 'node:crypto';
import { type Config, equalSecret, type Secrets } from '../../platform/index.ts';

/** What better-auth signs its cookies with, here and where it is opened. */
export const sessionKey = (secrets: Secrets): string => secrets.keyFor('sign-in').toString('base64');

/**
 * The token in the session cookie that better-auth made: the token, a dot, its HMAC-SHA-256 in Base64.
 * @returns null when there is none, or it was altered
 */
export function readSessionToken(
  { config, secrets }: { config: Config; secrets: Secrets },
  cookies: string,
): string | null {
  const [token, signature] = partsOf(cookieIn(cookies, nameOf(config)));
  const due = createHmac('sha256', sessionKey(secrets)).update(token).digest('base64');
  return token !== '' && equalSecret(signature, due) ? token : null;
}

const nameOf = ({ url, port }: Config): string =>
  `${url.startsWith('https:') ? '__Secure-' : ''}madoguchi-${port}.session_token`;

function cookieIn(cookies: string, name: string): string {
  const pair = cookies.split(';').find((one) => one.trim().startsWith(`${name}=`)) ?? '';
  return decoded(pair.trim().slice(name.length + 1));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}

function partsOf(value: string): [token: string, signature: string] {
  const dot = value.lastIndexOf('.');
  return [value.slice(0, Math.max(dot, 0)), value.slice(dot + 1)];
}
