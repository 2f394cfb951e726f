import type { Address } from '@madoguchi/contract';

/** Who stands where on the letter that is answered. */
export interface AnsweredLetter {
  kind: 'in' | 'out';
  from: Address;
  replyTo: readonly Address[];
  to: readonly Address[];
  cc: readonly Address[];
}

export interface Recipients {
  to: Address[];
  cc: Address[];
}

/**
 * To whom an answer goes. It follows from the one letter that is answered and from nothing else: no customer,
 * no conversation and no earlier answer adds anybody.
 *
 * A letter that came in goes back to its Reply-To, else its From. A letter of ours goes once more to its own
 * recipients. `all` keeps the letter's other To and Cc. Our own addresses never come in, so a letter that
 * only we wrote to ourselves leaves the list empty for a person to fill.
 *
 * @param own every address and alias of the workspace's mailboxes, lower case
 */
export function recipientsOf(letter: AnsweredLetter, all: boolean, own: ReadonlySet<string>): Recipients {
  const taken = new Set<string>();
  const take = (list: readonly Address[]) => list.filter((one) => isTaken(one, own, taken));

  const to = take(letter.kind === 'out' ? letter.to : answerTo(letter, own));
  if (!all) return { to, cc: [] };
  const others = take(letter.to);
  return { to: [...to, ...others], cc: take(letter.cc) };
}

/** Reply-To, unless it names only us: then From (a form that sets our own address there). */
function answerTo(letter: AnsweredLetter, own: ReadonlySet<string>): readonly Address[] {
  const foreign = letter.replyTo.filter((one) => isAddress(one) && !own.has(keyOf(one)));
  return foreign.length > 0 ? foreign : [letter.from];
}

function isTaken(one: Address, own: ReadonlySet<string>, taken: Set<string>): boolean {
  const key = keyOf(one);
  if (!isAddress(one) || own.has(key) || taken.has(key)) return false;
  taken.add(key);
  return true;
}

const keyOf = (one: Address) => one.address.trim().toLowerCase();
/** "undisclosed-recipients:;" and the like are shown on a letter and are nobody's address. */
const isAddress = (one: Address) => /^[^@\s]+@[^@\s]+$|^"[^"]+"@[^@\s]+$/.test(one.address.trim());

/**
 * The address an answer leaves from: the one of this mailbox that the letter was written to, or that wrote
 * it; else the mailbox's main address. An alias that is not this mailbox's is never used.
 */
export function senderAddressOf(
  letter: AnsweredLetter | null,
  mailbox: { main: string; aliases: readonly string[] },
): string {
  if (letter === null) return mailbox.main;
  const mine = new Set([mailbox.main, ...mailbox.aliases]);
  const named = letter.kind === 'out' ? [letter.from] : [...letter.to, ...letter.cc];
  return named.map(keyOf).find((address) => mine.has(address)) ?? mailbox.main;
}
