import type { MailboxId } from '@madoguchi/contract';
import type { LetterWords } from '../conversation/index.ts';
import type { Known } from './known.ts';

/** What a letter with a known Message-ID is. */
export type Twin =
  /** The same letter in the same mailbox, or a letter of ours that came back. */
  | { kind: 'same'; of: Known }
  /** A letter of ours, addressed by its author to this other mailbox of ours. */
  | { kind: 'handed_over' }
  | { kind: 'none' };

interface Arrived {
  letter: Pick<LetterWords, 'from' | 'recipients'>;
  contentHash: Buffer;
  mailboxId: MailboxId;
  list: boolean;
  mailboxOf: (address: string) => MailboxId | undefined;
}

/**
 * Whether the letter is kept already. Duplicate means the same mailbox, Message-ID and content: the same id
 * over other words is another letter.
 *
 * A letter of ours that comes back (Cc to ourselves, a list's echo, Sent) is the same message. Its sender
 * must be ours, or a list have passed it on: knowing an id of ours does not let a stranger vanish. Only
 * where its author put another mailbox of ours in To, that mailbox gets it as a letter.
 */
export function findTwin(arrived: Arrived, same: readonly Known[]): Twin {
  const { mailboxId, contentHash } = arrived;
  const here = same.find(
    (known) =>
      known.kind === 'in' &&
      known.arrivedMailboxId === mailboxId &&
      known.contentHash?.equals(contentHash) === true,
  );
  if (here !== undefined) return { kind: 'same', of: here };
  const ours = same.find(
    (known) => known.kind === 'out' && (arrived.list || isFrom(arrived, known.fromAddress)),
  );
  if (ours === undefined) return { kind: 'none' };
  const isMeant = arrived.letter.recipients.to.some(
    ({ address }) => arrived.mailboxOf(address) === mailboxId,
  );
  return ours.mailboxId !== mailboxId && isMeant ? { kind: 'handed_over' } : { kind: 'same', of: ours };
}

const isFrom = ({ letter }: Arrived, address: string): boolean =>
  letter.from.address.toLowerCase() === address.toLowerCase();
