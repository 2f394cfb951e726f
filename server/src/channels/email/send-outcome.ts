import type { SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import type { FailedRecipient, LetterOut, SendOutcome } from '../channel.ts';
import { wireAddress } from './wire-address.ts';

/** What nodemailer says of a failure; each field only where it is known. */
interface SmtpFailure {
  message: string;
  /** CONN, EHLO, AUTH ..., MAIL FROM, RCPT TO, DATA, API. */
  command?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
  code?: string | undefined;
  rejectedErrors?: SmtpFailure[] | undefined;
  recipient?: string | undefined;
}

const ABOUT_THE_LETTER = ['MAIL FROM', 'RCPT TO', 'DATA'];
const isPermanent = (failure: SmtpFailure) => (failure.responseCode ?? 0) >= 500;

/** At least one recipient took it; the others are told with their replies. */
export function acceptedOutcome(letter: LetterOut, info: SMTPConnectionSendInfo): SendOutcome {
  return { kind: 'accepted', reply: info.response, failed: failedRecipients(letter, info.rejectedErrors) };
}

/**
 * What a failed attempt means for the letter. A reply decides; without one, a line that died after the body
 * went out is unknown and any other may be repeated. A refused sign-in is about the account, so the letter
 * waits.
 */
export function failureOutcome(letter: LetterOut, error: unknown, isBodyOut: boolean): SendOutcome {
  const failure: SmtpFailure = error instanceof Error ? error : new Error(String(error));
  const reply = failure.response ?? failure.message;
  const isAnswered = (failure.responseCode ?? 0) >= 400 && ABOUT_THE_LETTER.includes(failure.command ?? '');
  if (isBodyOut && !isAnswered) return { kind: 'unknown', reply };
  return isRefusal(failure)
    ? { kind: 'refused', reply, failed: failedRecipients(letter, failure.rejectedErrors) }
    : { kind: 'deferred', reply };
}

function isRefusal(failure: SmtpFailure): boolean {
  // Larger than the server said it takes, or an address that cannot be put on the wire: known beforehand.
  if (failure.code === 'EMESSAGE' && failure.command === 'MAIL FROM') return true;
  if (failure.code === 'EENVELOPE' && failure.command === 'API') return true;
  if (!ABOUT_THE_LETTER.includes(failure.command ?? '')) return false;
  const all = failure.rejectedErrors ?? [];
  return all.length > 0 ? all.every(isPermanent) : isPermanent(failure);
}

function failedRecipients(letter: LetterOut, errors: readonly SmtpFailure[] | undefined): FailedRecipient[] {
  return (errors ?? []).map((failure) => {
    const reply = failure.response ?? failure.message;
    return {
      address:
        letter.envelopeTo.find((to) => wireAddress(to) === failure.recipient) ?? failure.recipient ?? '',
      reason: /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(reply)?.[1] ?? '',
      reply,
      isTemporary: !isPermanent(failure),
    };
  });
}
