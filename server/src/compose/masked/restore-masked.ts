import type { Address, ConversationId, DraftWords } from '@madoguchi/contract';
import {
  isMasked,
  MASKED,
  type Mask,
  type MaskWithin,
  type MemberActor,
  plainForm,
  seesAddresses,
} from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';
import { type Draft, type Said, type Typed, typedWordsOf } from '../draft/draft.ts';
import { listDraftsIn, lockOwnDraft } from '../draft/store.ts';
import { maskedUnknown } from '../errors.ts';
import { listLetters } from './store.ts';

type Where = { conversationId: ConversationId } | { draftId: Draft['id'] };

interface Restored {
  /** As they will leave. */
  words: DraftWords;
  /** Null where the actor sees addresses. */
  typed: Typed | null;
}

/**
 * Whoever may not see addresses has marks on his screen, and sends them back in what he saves. Here each mark
 * becomes what it stands for, in the letter or the draft that it was made for, as far as he may see that; what
 * is sent is real. What he typed is kept beside it and is all that he is ever shown again. In his words, the
 * numbers and addresses of what he quotes come back as well.
 *
 * @throws maskedUnknown when a recipient is a mark of nobody here, or of two: a letter must not go to a guess
 */
export async function restoreMasked(
  tx: Tx,
  actor: MemberActor,
  { where, words, mask }: { where: Where; words: DraftWords; mask: Mask },
): Promise<Restored> {
  const wanted = marksIn(words);
  const known = wanted.size === 0 ? new Map() : await findKnown(tx, actor, { where, words, wanted, mask });
  const restored = { ...words, ...restoreRecipients(words, known) };
  if (seesAddresses(actor)) return { words: restored, typed: null };
  const back = (text: string) => text.replace(MASKED, (one) => known.get(one) ?? one);
  const { subject, text, quote } = words;
  return {
    words: { ...restored, subject: back(subject), text: back(text), quote: back(quote) },
    typed: { words: saidOf(words), marks: Object.fromEntries(known) },
  };
}

const saidOf = ({ to, cc, bcc, subject, text, quote }: Said): Said => ({ to, cc, bcc, subject, text, quote });

interface Search {
  where: Where;
  words: DraftWords;
  wanted: ReadonlySet<string>;
  mask: Mask;
}

/** What the wanted marks stand for: first what his own draft says of them, then all that he may see here. */
async function findKnown(tx: Tx, actor: MemberActor, search: Search): Promise<ReadonlyMap<string, string>> {
  const drafts = await draftsAt(tx, actor, search.where);
  const own = drafts.filter(({ authorId }) => authorId === actor.memberId);
  const book = new Map(own.flatMap(({ typed }) => Object.entries(typed?.marks ?? {})));
  if ([...search.wanted].every((one) => book.has(one))) return onlyWanted(book, search.wanted);
  const letters = 'conversationId' in search.where ? await lettersAt(tx, actor, search) : [];
  const pairs = [
    ...drafts.flatMap((draft) => [
      ...Object.entries(draft.typed?.marks ?? {}),
      ...marksOf(typedWordsOf(draft), search.mask.within(draft.id)),
    ]),
    ...letters,
  ];
  return onlyWanted(namedOnce(pairs), search.wanted);
}

async function lettersAt(tx: Tx, actor: MemberActor, { where, mask }: Search): Promise<Pair[]> {
  if (!('conversationId' in where)) return [];
  const letters = await listLetters(tx, actor, where.conversationId);
  return letters.flatMap(({ id, people, ...said }) =>
    marksOf({ to: people, cc: [], bcc: [], quote: '', ...said }, mask.within(id)),
  );
}

type Pair = [mark: string, real: string];

function marksOf(said: Said, mask: MaskWithin): Pair[] {
  const people = peopleOf(said);
  const names = people.map(({ name }) => name);
  const text = [said.subject, said.text, said.quote, ...names].join('\n');
  const pairs = people.map(({ address }): Pair => [mask.address(address), address]);
  // What is ours, or a mark already, stands for itself.
  return [...mask.known(text), ...pairs].filter(([mark, real]) => mark !== real);
}

/** What each mark stands for; the few signs of one may be those of two addresses, which then have none. */
function namedOnce(pairs: readonly Pair[]): Map<string, string> {
  const real = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const [mark, one] of pairs) {
    const other = real.get(mark);
    if (other !== undefined && formOf(other) !== formOf(one)) ambiguous.add(mark);
    real.set(mark, one);
  }
  for (const mark of ambiguous) real.delete(mark);
  return real;
}

/** Two spellings of one address, or of one number, are the same. */
const formOf = (real: string): string =>
  real.includes('@') ? plainForm(real.trim()) : real.normalize('NFKC').replace(/\D/g, '').replace(/^81/, '0');

const onlyWanted = (all: ReadonlyMap<string, string>, wanted: ReadonlySet<string>) =>
  new Map([...all].filter(([mark]) => wanted.has(mark)));

const peopleOf = ({ to, cc, bcc }: Pick<DraftWords, 'to' | 'cc' | 'bcc'>): Address[] => [
  ...to,
  ...cc,
  ...bcc,
];

function marksIn(words: DraftWords): ReadonlySet<string> {
  const people = peopleOf(words).flatMap(({ name, address }) => [name, address]);
  const all = [...people, words.subject, words.text, words.quote];
  return new Set(all.flatMap((text) => text.match(MASKED) ?? []));
}

async function draftsAt(tx: Tx, actor: MemberActor, where: Where): Promise<Draft[]> {
  if ('conversationId' in where) return listDraftsIn(tx, actor, where.conversationId);
  const own = await lockOwnDraft(tx, actor, where.draftId);
  return own === null ? [] : [own];
}

function restoreRecipients(
  words: DraftWords,
  real: ReadonlyMap<string, string>,
): Pick<DraftWords, 'to' | 'cc' | 'bcc'> {
  const unknown = peopleOf(words).filter(({ address }) => isMasked(address) && !real.has(address.trim()));
  if (unknown.length > 0) throw maskedUnknown({ addresses: unknown.map(({ address }) => address) });
  const back = (people: readonly Address[]) => people.map((one) => restoreOne(one, real));
  return { to: back(words.to), cc: back(words.cc), bcc: back(words.bcc) };
}

/** A name may be an address too; one that cannot be told stays away rather than leave as a mark. */
function restoreOne({ name, address }: Address, real: ReadonlyMap<string, string>): Address {
  const shown = name.replace(MASKED, (one) => real.get(one) ?? '').trim();
  return { name: shown, address: real.get(address.trim()) ?? address };
}
