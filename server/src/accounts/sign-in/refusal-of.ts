import type { HouseError } from '../../platform/index.ts';
import {
  bodyUnfit,
  codeRefused,
  networkRefused,
  notSignedIn,
  originRefused,
  passkeyNeeded,
  passkeyRefused,
  passwordRefused,
  passwordWrong,
  secondFactorChanged,
  signInOver,
  signInRefused,
  tooManySignIns,
} from '../errors.ts';
import type { Door } from './doors.ts';

/** For so long better-auth lets nobody try a code of an account of which ten were wrong. */
const LOCK_SECONDS = 15 * 60;

const BY_CODE: Record<string, () => HouseError> = {
  INVALID_PASSWORD: () => passwordWrong({}),
  CREDENTIAL_ACCOUNT_NOT_FOUND: () => passwordWrong({}),
  PASSWORD_TOO_SHORT: () => passwordRefused({}),
  PASSWORD_TOO_LONG: () => passwordRefused({}),
  INVALID_CODE: () => codeRefused({}),
  INVALID_BACKUP_CODE: () => codeRefused({}),
  INVALID_TWO_FACTOR_COOKIE: () => signInOver({}),
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: () => signInOver({}),
  ACCOUNT_TEMPORARILY_LOCKED: () => tooManySignIns({ retryAfterSeconds: LOCK_SECONDS }),
  TOTP_ALREADY_ENABLED: () => secondFactorChanged({}),
  TOTP_NOT_ENABLED: () => secondFactorChanged({}),
  TWO_FACTOR_NOT_ENABLED: () => secondFactorChanged({}),
  BACKUP_CODES_NOT_ENABLED: () => secondFactorChanged({}),
  // Ours, said while the session was about to begin.
  PASSKEY_NEEDED: () => passkeyNeeded({}),
  NETWORK_REFUSED: () => networkRefused({}),
};

/**
 * What better-auth refuses, in our words. An address that cannot be one is answered like an unknown one.
 * @returns a plain error for what is a bug
 */
export function refusalOf(door: Door, status: number, text: string): Error {
  const known = BY_CODE[codeIn(text)];
  if (known !== undefined) return known();
  if (door.path.startsWith('/passkey/') && (status < 500 || /FAILED_TO_VERIFY/.test(text))) {
    return passkeyRefused({});
  }
  if (status >= 500) return new Error(`sign-in failed: ${status} ${text}`);
  if (door.path === '/sign-in/email') return status === 403 ? originRefused({}) : signInRefused({});
  if (status === 401) return notSignedIn({});
  return status === 403 ? originRefused({}) : bodyUnfit({});
}

function codeIn(text: string): string {
  try {
    return String(Object(JSON.parse(text)).code);
  } catch {
    return '';
  }
}
