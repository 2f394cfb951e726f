/** Reports in a system's own words: qmail, old Exim, Exchange, Notes, the Japanese carriers. */
import type { BouncedRecipient } from '../parse/letter.ts';
import { bouncedRecipient, knowsReason } from './bounce-reason.ts';

interface FreeText {
  notice: string;
  /** Addresses that a header names as failed. */
  named: string[];
  /** The reporting system's own addresses. */
  own: string[];
  /** Whom the returned letter was addressed to, when it came along. */
  sentTo: string[];
  /** Sender and subject say already that this is a report. */
  sure: boolean;
  /** The sender is a mail system; without it only clear words count. */
  trusted: boolean;
}

const FAILURE_WORDS =
  /(?:could not|couldn.t|cannot|can.t|unable to|was not|not be|were not|failed to|has not been)[^.]{0,40}deliver|deliver(?:y|ed)?[^.]{0,50}(?:fail|abort|error|unsuccess|not|problem)|undeliver|permanent (?:fatal )?(?:error|failure)|returned to (?:you|sender)|did not reach|not reach|user unknown|unknown user|no such user|mailbox (?:is )?full|over quota|rejected|bounced?|failed (?:addresses|recipients)|送信できませんでした|配信できませんでした|お届けできませんでした|届きませんでした|あて先不明|宛先不明|メールアドレスが見つかり|受信者が|エラー/i;

const ADDRESS = /[^\s<>()[\]:;,"'`“”「」（）＜＞]+@[a-z0-9][a-z0-9._-]*[a-z0-9]/gi;
const MOST_RECIPIENTS = 50;

export function readFreeText({ notice, named, own, sentTo, sure, trusted }: FreeText): BouncedRecipient[] {
  if (!sure && named.length === 0 && !FAILURE_WORDS.test(notice)) return [];
  const found = named.length > 0 ? named : addressesIn(notice, own, sentTo);
  if (found.length === 0 || (!trusted && !knowsReason(notice))) return [];
  return found.slice(0, MOST_RECIPIENTS).map((address) => {
    const diagnostic = wordsAbout(address, notice, found);
    const delayed =
      /(?:not yet been delivered|still (?:being )?(?:try|retr)|will (?:be )?(?:retr|continue|keep trying)|delayed)/i.test(
        notice,
      );
    return bouncedRecipient({
      address,
      action: delayed ? 'delayed' : 'failed',
      status: null,
      diagnostic,
      notice,
    });
  });
}

/** Addresses that stand where reports put recipients: alone, in brackets, or before a colon; else the first. */
function addressesIn(notice: string, own: string[], sentTo: string[]): string[] {
  const usable = (address: string): boolean =>
    !own.includes(address.toLowerCase()) && !/^(?:mailer-daemon|postmaster)@/i.test(address);
  const placed = [
    ...notice.matchAll(
      /^[ \t>*・]*(?:(?:to|recipient|宛先|あて先|送信先|final-recipient|failed recipient|recipient address|rcpt to)\s*[:：]?\s*(?:rfc822;)?\s*)?<?([^\s<>()":;,]+@[a-z0-9][a-z0-9._-]*[a-z0-9])>?\s*(?:$|[:：(]|\.{3}|-{2,}|[ \t]{2,})/gim,
    ),
  ]
    .map((match) => match[1] ?? '')
    .filter(usable);
  const anywhere = [...notice.matchAll(ADDRESS)].map((match) => match[0]).filter(usable);
  const list = placed.length > 0 ? placed : bestGuess(anywhere, sentTo);
  return [...new Map(list.map((address) => [address.toLowerCase(), address])).values()];
}

/** An address named anywhere, if the letter went there; a notice names its help desk too. */
function bestGuess(anywhere: string[], sentTo: string[]): string[] {
  const wanted = new Set(sentTo.map((address) => address.toLowerCase()));
  const both = anywhere.filter((address) => wanted.has(address.toLowerCase()));
  if (both.length > 0) return both;
  return sentTo.length > 0 ? sentTo : anywhere.slice(0, 1);
}

/** What stands from the address to the next one; where that is nothing, the server's answer anywhere. */
function wordsAbout(address: string, notice: string, all: string[]): string | null {
  const from = notice.toLowerCase().indexOf(address.toLowerCase());
  if (from < 0 || all.length === 1) return notice.slice(Math.max(0, from)).trim() || null;
  const after = from + address.length;
  const ends = all
    .filter((other) => other !== address)
    .map((other) => notice.toLowerCase().indexOf(other.toLowerCase(), after))
    .filter((end) => end > 0);
  const words = notice.slice(from, Math.min(notice.length, ...ends)).trim();
  return words === '' ? null : words;
}
