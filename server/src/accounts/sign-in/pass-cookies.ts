import type { AppReply } from '../../platform/index.ts';

/** Lays the cookies that better-auth set beside those that the answer already has. */
export function passCookies(headers: Headers, reply: AppReply): void {
  for (const cookie of headers.getSetCookie()) reply.header('set-cookie', cookie);
}
