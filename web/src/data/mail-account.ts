import type { DoorTrial, ImapDoor, MailAccount, SmtpDoor } from '@madoguchi/contract';
import type { TFunction } from 'i18next';
import type { DoorFields } from '../ui/door-form.tsx';

/** The doors as they were typed, for the wire; an empty secret is left out and keeps the stored one. */
export function accountOf(imap: DoorFields | null, smtp: DoorFields | null): MailAccount {
  return { imap: imap === null ? null : imapOf(imap), smtp: smtp === null ? null : smtpOf(smtp) };
}

function smtpOf({
  host,
  port,
  security,
  verifyCertificate,
  user,
  password,
  withToken,
}: DoorFields): SmtpDoor {
  const secret = password === '' ? {} : withToken ? { accessToken: password } : { password };
  return { host, port, security, verifyCertificate, user, ...secret };
}

const imapOf = (door: DoorFields): ImapDoor => ({
  ...smtpOf(door),
  folders: door.folders
    .split(/[,、\n]/u)
    .map((folder) => folder.trim())
    .filter((folder) => folder !== ''),
});

/** No server was reached: what comes with these is our own log's sentence, not a server's. */
const UNREACHED: ReadonlySet<DoorTrial['code']> = new Set([
  'host_not_found',
  'refused_connection',
  'no_answer',
  'not_allowed_address',
]);

/** What a trial of a door found, in words, with what the server said. */
export function trialWords(trial: DoorTrial, t: TFunction): string {
  const words = t(`trial.${trial.code}`);
  const isSilent = trial.ok || trial.reply === '' || UNREACHED.has(trial.code);
  return isSilent ? words : `${words}（${t('settings.serverSaid', { reply: trial.reply })}）`;
}
