import type { Address } from '@madoguchi/contract';
import type { Reading } from './reading.ts';

/**
 * Who wrote: where his answer should go, else who sent it. A list's Reply-To is the list, and an address of
 * ours is never a customer.
 *
 * @param isOurs whether an address belongs to one of the workspace's mailboxes
 * @returns null for a letter without a sender outside
 */
export function senderOf(
  { letter, list }: Pick<Reading, 'letter' | 'list'>,
  isOurs: (address: string) => boolean,
): Address | null {
  const { from, recipients } = letter;
  const asked = list ? undefined : recipients.replyTo[0];
  const outside = (one: Address | undefined): one is Address =>
    one !== undefined && isAddress(one.address) && !isOurs(one.address);
  if (outside(asked)) return { address: asked.address, name: asked.name === '' ? from.name : asked.name };
  return outside(from) ? from : null;
}

/** RFC 5321 allows 254 characters; what is far beyond it is no address that anyone could answer. */
const LONGEST_ADDRESS = 500;

const isAddress = (text: string): boolean => text.includes('@') && text.length <= LONGEST_ADDRESS;
