import { ADDRESS_LIMIT, type Address, draftLimits, type Proposal } from '@madoguchi/contract';

/** At most so many of those left out are named; the letter itself still shows them all. */
const MOST_NAMED = 100;

/**
 * Cuts a proposal to what a draft can hold, so that it can be saved. Nothing goes in silence: a shortened quote
 * ends by saying so, and the words begin by telling their writer what else was left out, for him to see and
 * to take away.
 *
 * @param language `ja` or `en`; others read English
 */
export function fitDraft(proposal: Proposal, language: string): Proposal {
  const say = language === 'ja' ? JAPANESE : ENGLISH;
  const [to, cc] = [fitPeople(proposal.to), fitPeople(proposal.cc)];
  const notAddressed = [...to.left, ...cc.left].map(({ address }) => cut(address, ADDRESS_LIMIT));
  const notAttached = proposal.files.slice(draftLimits.files).map(({ name }) => name);
  const told = [
    ...(notAddressed.length > 0 ? [say.notAddressed(notAddressed.length, named(notAddressed, say))] : []),
    ...(notAttached.length > 0 ? [say.notAttached(notAttached.length, named(notAttached, say))] : []),
    ...(proposal.subject.length > draftLimits.subject ? [say.subjectCut] : []),
  ];
  return {
    ...proposal,
    to: to.kept,
    cc: cc.kept,
    subject: cut(proposal.subject, draftLimits.subject),
    text: told.length === 0 ? proposal.text : `${told.join('\n')}\n\n${proposal.text}`,
    quote: cutQuote(proposal.quote, say),
    uploadIds: proposal.uploadIds.slice(0, draftLimits.files),
    files: proposal.files.slice(0, draftLimits.files),
  };
}

function fitPeople(list: readonly Address[]): { kept: Address[]; left: Address[] } {
  const fits = (one: Address) => one.address.length <= ADDRESS_LIMIT;
  const fitting = list.filter(fits);
  const kept = fitting.slice(0, draftLimits.recipients);
  return {
    kept: kept.map(({ name, address }) => ({ name: cut(name, ADDRESS_LIMIT), address })),
    left: [...fitting.slice(draftLimits.recipients), ...list.filter((one) => !fits(one))],
  };
}

/** The beginning, with a mark where it goes on. */
const cut = (text: string, limit: number): string =>
  text.length <= limit ? text : `${head(text, limit - 1)}…`;

/** Between characters, not inside one: half a surrogate pair cannot be stored. */
const head = (text: string, length: number): string => text.slice(0, length).replace(/[\uD800-\uDBFF]$/u, '');

/** Whole lines as far as they fit, then what is missing. */
function cutQuote(quote: string, say: Words): string {
  if (quote.length <= draftLimits.text) return quote;
  // The number has no more digits than that of all.
  const begun = head(quote, draftLimits.text - 1 - say.quoteCut(quote.length).length);
  const lineEnd = begun.lastIndexOf('\n');
  const kept = lineEnd > begun.length / 2 ? begun.slice(0, lineEnd) : begun;
  return `${kept}\n${say.quoteCut(quote.length - kept.length)}`;
}

const named = (list: readonly string[], say: Words): string =>
  list.slice(0, MOST_NAMED).join(', ') +
  (list.length > MOST_NAMED ? say.others(list.length - MOST_NAMED) : '');

interface Words {
  quoteCut(characters: number): string;
  notAddressed(count: number, names: string): string;
  notAttached(count: number, names: string): string;
  others(count: number): string;
  subjectCut: string;
}

const JAPANESE: Words = {
  quoteCut: (characters) => `［長いため、引用はここまでです。このあとの${characters}文字を省略しました］`,
  notAddressed: (count, names) => `［宛先が多すぎるため、次の${count}件は宛先に入っていません: ${names}］`,
  notAttached: (count, names) => `［ファイルが多すぎるため、次の${count}個は添付されていません: ${names}］`,
  others: (count) => ` ほか${count}件`,
  subjectCut: '［件名が長すぎるため、途中までになっています］',
};

const ENGLISH: Words = {
  quoteCut: (characters) => `[The quote is shortened here: ${characters} more characters are left out.]`,
  notAddressed: (count, names) => `[Too many recipients: these ${count} are not addressed: ${names}]`,
  notAttached: (count, names) => `[Too many files: these ${count} are not attached: ${names}]`,
  others: (count) => ` and ${count} more`,
  subjectCut: '[The subject was too long and is shortened.]',
};
