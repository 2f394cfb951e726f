import { type DoorFault, errorFlag, errorText, socketFault } from './door-fault.ts';

/** Replies to a sign-in that are not about the password: the account is busy, so we come back. */
const BUSY = /too many|maximum number|limit|in use|try again|temporar|unavailable/i;
const BUSY_CODES = ['UNAVAILABLE', 'LIMIT', 'INUSE', 'SERVERBUG'];

/** What went wrong with an IMAP connection. */
export function imapFault(error: unknown): DoorFault {
  const reply =
    errorText(error, 'responseText') || errorText(error, 'response') || errorText(error, 'message');
  if (errorFlag(error, 'authenticationFailed')) {
    const isBusy = BUSY_CODES.includes(errorText(error, 'serverResponseCode')) || BUSY.test(reply);
    return { code: isBusy ? 'other' : 'sign_in_refused', reply };
  }
  const below = socketFault(error);
  if (below !== null) return below;
  if (errorFlag(error, 'tlsFailed')) return { code: 'no_tls', reply };
  if (errorText(error, 'code') === 'ClosedAfterConnectText') return { code: 'wrong_port', reply };
  if (errorText(error, 'code') === 'ClosedAfterConnectTLS') return { code: 'wrong_port', reply };
  return { code: errorFlag(error, 'mailboxMissing') ? 'folder_missing' : 'other', reply };
}
