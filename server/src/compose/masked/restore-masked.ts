import type { Address, ConversationId, DraftWords } from '@madoguchi/contract';
import {
  isMasked,
  MASKED,
  type Mask,
  type MemberActor,
  plainForm,
  seesAddresses,
} from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';
import type { Draft } from '../draft/draft.ts';
import { listDraftsIn, lockOwnDraft } from '../draft/store.ts';
import { maskedUnknown } from '../errors.ts';
import { listLetters } from './store.ts';

type Where = { conversationId: ConversationId } | { draftId: Draft['id'] };

/**
 * Whoever may not see addresses has masks on his screen, and sends them back in what he saves. Here each mask
 * becomes what it stands for: among the people of the conversation's letters and of the drafts that he may
 * see there; what is stored, and so what leaves, is real. In his words, the numbers and addresses of what he
 * quotes come back as well.
 *
 * @throws maskedUnknown when a recipient is a mask of nobody here, or of two: a letter must not go to a guess
 */
export async function restoreMasked(
  tx: Tx,
  actor: MemberActor,
  { where, words, mask }: { where: Where; words: DraftWords; mask: Mask },
): Promise<DraftWords> {
  if (!holdsMask(words)) return words;
  const drafts = await draftsAt(tx, actor, where);
  const letters = 'conversationId' in where ? await listLetters(tx, actor, where.conversationId) : [];
  const people = [...drafts.flatMap(peopleOf), ...letters.flatMap(({ people }) => people)];
  const { real, ambiguous } = namedOnce(people, mask);
  const restored = { ...words, ...restoreRecipients(words, real) };
  if (seesAddresses(actor)) return restored;
  const said = [...drafts, ...letters].map(textOf);
  const known = new Map([...said.flatMap((text) => mask.known(text)), ...real]);
  const back = (text: string) =>
    text.replace(MASKED, (one) => (ambiguous.has(one) ? one : (known.get(one) ?? one)));
  return { ...restored, subject: back(words.subject), text: back(words.text), quote: back(words.quote) };
}

/** What each mask stands for; the few signs of one may be those of two addresses, which then have none. */
function namedOnce(
  people: readonly Address[],
  mask: Mask,
): { real: Map<string, string>; ambiguous: Set<string> } {
  const real = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const { address } of people) {
    const mark = mask.address(address);
    const other = real.get(mark);
    if (other !== undefined && plainForm(other.trim()) !== plainForm(address.trim())) ambiguous.add(mark);
    real.set(mark, address);
  }
  for (const mark of ambiguous) real.delete(mark);
  return { real, ambiguous };
}

const peopleOf = ({ to, cc, bcc }: Pick<DraftWords, 'to' | 'cc' | 'bcc'>): Address[] => [
  ...to,
  ...cc,
  ...bcc,
];

const textOf = ({ subject, text, quote = '' }: { subject: string; text: string; quote?: string }): string =>
  [subject, text, quote].join('\n');

function holdsMask(words: DraftWords): boolean {
  const { subject, text, quote } = words;
  return peopleOf(words).some(({ address }) => isMasked(address)) || [subject, text, quote].some(holdsMark);
}

const holdsMark = (text: string): boolean => text.search(MASKED) >= 0;

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

/** A name may be an address too; one that cannot be told stays away rather than leave as a mask. */
function restoreOne({ name, address }: Address, real: ReadonlyMap<string, string>): Address {
  const shown = name.replace(MASKED, (one) => real.get(one) ?? '').trim();
  return { name: shown, address: real.get(address.trim()) ?? address };
}
