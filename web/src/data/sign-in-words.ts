import type { TFunction } from 'i18next';
import { exactDuration } from '../ui/time-words.ts';
import { codeOf, RefusedError } from './client.ts';
import { faultWords } from './fault.ts';
import { isKnownHere, wasClosed } from './passkeys.ts';

const SECOND = 1_000;

/** What was entered does not fit; the step itself knows the words. */
const WRONG: readonly string[] = [
  'accounts.sign_in_refused',
  'accounts.code_refused',
  'accounts.passkey_refused',
];

/** Why nobody came in. @param wrong what to say when what was entered does not fit */
export function signInWords(fault: unknown, wrong: string, t: TFunction): string {
  if (!(fault instanceof RefusedError)) return faultWords(fault, t);
  if (WRONG.includes(fault.refusal.code)) return wrong;
  const seconds = Number(fault.refusal.facts.retryAfterSeconds);
  if (fault.status !== 429 || !(seconds > 0)) return faultWords(fault, t);
  return t('enter.wait', { time: exactDuration(seconds * SECOND, t) });
}

/** Why the way of signing in was not changed. Empty where the person only closed the browser's question. */
export function factorWords(fault: unknown, t: TFunction): string {
  if (wasClosed(fault)) return '';
  if (isKnownHere(fault)) return t('passkeys.known');
  if (codeOf(fault) === 'accounts.password_wrong') return t('factor.passwordWrong');
  if (codeOf(fault) === 'accounts.passkey_refused') return t('passkeys.failed');
  // A fault of the browser's own has no words of ours.
  if (fault instanceof Error && fault.name === 'WebAuthnError') return t('passkeys.failed');
  return signInWords(fault, t('enter.codeWrong'), t);
}
