/** From a server's words and codes to why a letter did not arrive, in sisimai's vocabulary. */
import type { BounceAction, BouncedRecipient, BounceReason } from '../parse/letter.ts';
import { REASON_WORDS, STATUS_REASONS, WEAK_WORDS } from './reason-words.ts';

interface BouncedFacts {
  address: string;
  action: BounceAction;
  /** RFC 3463; null when the report has none. */
  status: string | null;
  /** The far server's words; null when the report has none. */
  diagnostic: string | null;
  /** The report's own system, not the far server, gave the diagnostic: its delivery program failed. */
  local?: boolean;
  /** The whole notice: asked when the diagnostic says nothing. */
  notice: string;
}

const LONGEST_DIAGNOSTIC = 1000;

/** Says nothing by themselves: the words are looked at first, and these only fill in. */
const VAGUE_STATUS = /^[45]\.(?:0\.0|5\.0|3\.0|2\.0)$/;

/** One recipient of a report, with its reason and whether trying again is pointless. */
export function bouncedRecipient({
  address,
  action,
  status,
  diagnostic,
  notice,
  local = false,
}: BouncedFacts): BouncedRecipient {
  const words = (diagnostic ?? '').slice(0, 4000);
  const own = statusIn(words);
  const best = status === null || VAGUE_STATUS.test(status) ? (own ?? status) : status;
  const reason = reasonOf(action, local ? `x-unix; ${words}` : words, best, notice.slice(0, 20_000));
  return {
    address,
    action,
    status: best ?? statusIn(notice) ?? statusOf(reason, action),
    reason,
    hard: isHard(reason, words),
    diagnostic: diagnostic === null ? null : diagnostic.replace(/\s+/g, ' ').slice(0, LONGEST_DIAGNOSTIC),
  };
}

/** Whether the words name a reason that only a mail system would give. */
export function knowsReason(words: string): boolean {
  return statusIn(words) !== null || reasonInWords(words) !== null;
}

function reasonOf(action: BounceAction, words: string, status: string | null, notice: string): BounceReason {
  if (action === 'delivered' || action === 'relayed' || action === 'expanded') return 'delivered';
  const said = reasonInWords(words);
  // A carrier that filters answers as if the address did not exist; its code tells the difference.
  if (said === 'userunknown' && status === '5.2.0') return 'filtered';
  if (said !== null) return said;
  const coded = status === null ? null : reasonOfStatus(status);
  const told = reasonInWords(notice);
  if (coded !== null && (told === null || !VAGUE_STATUS.test(status ?? ''))) return coded;
  return told ?? weakReason(words) ?? (action === 'delayed' ? 'expired' : 'undefined');
}

function weakReason(words: string): BounceReason | null {
  return WEAK_WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

function reasonInWords(words: string): BounceReason | null {
  // Some servers begin every line of one answer with its code.
  const text = words.replace(/\s+(?:[45]\d\d[- ](?:#?[45]\.\d+\.\d+ )?)?/g, ' ');
  for (const [reason, pattern] of REASON_WORDS) if (pattern.test(text)) return reason;
  return null;
}

function reasonOfStatus(status: string): BounceReason | null {
  const exact = STATUS_REASONS[status.slice(2)];
  if (exact !== undefined) return exact;
  const [, subject] = status.split('.');
  if (subject === '6') return 'contenterror';
  if (subject === '7') return 'securityerror';
  return null;
}

function statusIn(text: string): string | null {
  return /(?:^|[^\d.])([45]\.\d{1,2}\.\d{1,3})(?![\d.])/.exec(text)?.[1] ?? null;
}

const USUAL_STATUS: Partial<Record<BounceReason, string>> = {
  userunknown: '5.1.1',
  hostunknown: '5.1.2',
  hasmoved: '5.1.6',
  mailboxfull: '5.2.2',
  suspend: '5.2.1',
  filtered: '5.2.0',
  mesgtoobig: '5.3.4',
  expired: '4.4.7',
  networkerror: '4.4.2',
  norelaying: '5.7.1',
  rejected: '5.7.1',
  blocked: '5.7.1',
  spamdetected: '5.7.1',
};

/** Where no code was given, the one that this reason has. */
function statusOf(reason: BounceReason, action: BounceAction): string | null {
  const usual = USUAL_STATUS[reason] ?? null;
  return usual !== null && action === 'delayed' ? `4${usual.slice(1)}` : usual;
}

/** As sisimai holds it: the address or its host does not exist (any more). */
function isHard(reason: BounceReason, words: string): boolean {
  if (reason === 'notaccept') return /(?:^|\D)5\d\d(?:\D|$)|\b5\.\d+\.\d+\b/.test(words);
  return reason === 'userunknown' || reason === 'hostunknown' || reason === 'hasmoved';
}
