/** Whether a letter reports that one of ours did not arrive, and for whom and why. */
import type { Bounce, BouncedRecipient } from '../parse/letter.ts';
import type { RecogniseFacts } from './facts.ts';
import { allOf, firstOf } from './facts.ts';
import { originalMessageId, type SplitNotice, splitOriginal } from './original-letter.ts';
import { readDeliveryStatus } from './read-delivery-status.ts';
import { readFreeText } from './read-free-text.ts';

/**
 * @returns null for every other letter. A report of success is a bounce too, with action `delivered`: it
 *   belongs to the letter it reports on, and whoever records it looks at the action.
 */
export function readBounce(facts: RecogniseFacts): Bounce | null {
  const split = splitOriginal(facts);
  const reported = recipientsOfReport(facts, split.notice);
  const recipients = reported.length > 0 ? reported : freeText(facts, split);
  if (recipients.length === 0) return null;
  return { originalMessageId: originalMessageId(facts, split.original), recipients };
}

function recipientsOfReport(facts: RecogniseFacts, notice: string): BouncedRecipient[] {
  const status = facts.reports.filter((report) => /^message\/(?:global-)?delivery-status$/.test(report.type));
  const text = status.map((report) => report.text).join('\n\n');
  if (text === '' && !isReportType(facts)) return [];
  return readDeliveryStatus(text === '' ? notice : text, notice);
}

function isReportType({ type, parameters }: RecogniseFacts): boolean {
  return (
    type === 'multipart/report' && /^"?delivery-status/i.test(parameters['report-type'] ?? 'delivery-status')
  );
}

const MACHINES =
  /^(?:mailer-daemon|mailerdaemon|postmaster|mail-daemon|mdaemon|mail-?delivery|delivery|mailsystem|mail_system|bounce-?notification|no-?reply-bounce|mmdf)\b|mailer-daemon/i;
const MACHINE_NAMES =
  /mail(?:er)?[- ]?(?:delivery|daemon)|postmaster|mail (?:delivery )?(?:sub)?system|delivery subsystem|system administrator|メール配信|メールシステム/i;

function isFromMachine(facts: RecogniseFacts): boolean {
  if (firstOf(facts, 'x-failed-recipients') !== null) return true;
  const [from] = facts.from;
  const named = from !== undefined && (MACHINES.test(from.address) || MACHINE_NAMES.test(from.name));
  return named || (facts.returnPath === '' && hasFailureSubject(facts));
}

const FAILURE_SUBJECTS =
  /undeliver|not delivered|returned mail|return(?:ed|ing)?(?: message| to sender)|delivery (?:status|failure|fail|notification|problem|error|report|has failed)|mail (?:delivery|system|error)|failure (?:notice|notification|delivery)|failed mail|delivery failed|could not (?:be )?(?:deliver|sen[dt])|could ?n.?t (?:be )?deliver|mail could not|message (?:delivery )?(?:status|failed|was not|could not)|non remis|non delivery|nondeliverable|unzustellbar|no se ha podido entregar|warning: (?:could|message)|still being retried|delivery delayed|delayed mail|受信者|配信不能|配信でき|配信エラー|送信でき|送信エラー|不達|宛先不明|届きませ|エラー(?:通知|メール)|mail failure|戻り/i;

function hasFailureSubject({ subject }: RecogniseFacts): boolean {
  return FAILURE_SUBJECTS.test(subject) && !/^\s*(?:re|fwd?|aw|sv)\s*:/i.test(subject);
}

function freeText(facts: RecogniseFacts, { notice, original }: SplitNotice): BouncedRecipient[] {
  const machine = isFromMachine(facts) || isReportType(facts);
  if (!machine && !hasFailureSubject(facts)) return [];
  const failed = allOf(facts, 'x-failed-recipients').flatMap((value) => value.split(','));
  return readFreeText({
    notice,
    named: failed.map((address) => address.trim()).filter(Boolean),
    own: facts.from.map(({ address }) => address.toLowerCase()),
    sentTo: recipientsOfOriginal(original),
    sure: machine && hasFailureSubject(facts),
    trusted: machine,
  });
}

/** Whom the returned letter was addressed to, from its To header. */
function recipientsOfOriginal(original: string): string[] {
  const line = /^[ \t>]*to:((?:.*)(?:\n[ \t]+.*)*)/im.exec(original)?.[1] ?? '';
  return [...line.matchAll(/[^\s<>()[\]:;,"]+@[a-z0-9][a-z0-9._-]*/gi)].map((match) => match[0]);
}
