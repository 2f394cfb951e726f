import type { AppReply } from '../../platform/index.ts';

/** Lays the cookies that better-auth set beside those that the answer already has. */
export function passCookies(headers: Headers, reply: AppReply): void {
  for (const cookie of headers.getSetCookie()) reply.header('set-cookie', cookie);
}

const OF_A_SESSION = /\.session_(token|data)=/;

/**
 * The same of a door that only looks. better-auth takes the cookie of a session that is over away wherever it
 * meets one; here it stays, because each of its windows learns by it why it is over.
 */
export function passMarks(headers: Headers, reply: AppReply): void {
  for (const cookie of headers.getSetCookie()) {
    if (!OF_A_SESSION.test(cookie)) reply.header('set-cookie', cookie);
  }
}
