import type { AnswerId, ConversationId, MailboxId, MessageId } from '@madoguchi/contract';
import type { JoinedBy, LetterWords } from '../conversation/index.ts';
import type { Known } from './known.ts';

const DAY = 24 * 60 * 60_000;
/** A conversation that was done this long ago is history; its topic begins anew beside it. */
const TOO_LONG_DONE = 90 * DAY;

export interface Arrival {
  letter: Pick<LetterWords, 'messageId' | 'references' | 'inReplyTo'>;
  contentHash: Buffer;
  mailboxId: MailboxId;
  receivedAt: Date;
  /** Mailboxes of ours that stand in To or Cc: each gets its own copy. */
  addressedTo: ReadonlySet<MailboxId>;
  /** A letter of ours to another mailbox of ours: it belongs to no conversation of the mailbox it left. */
  onlyHere: boolean;
}

/** Messages that the letter could belong to. */
export interface Relatives {
  /** They have an id that the letter names. */
  named: readonly Known[];
  /** They name the letter's own id, and came before it. */
  children: readonly Known[];
  /** They have the letter's own id. */
  same: readonly Known[];
}

export interface Match {
  conversationId: ConversationId | null;
  /** For a new conversation: the answer of its copies. */
  answerId: AnswerId | null;
  previousId: ConversationId | null;
  parentId: MessageId | null;
  joinedBy: JoinedBy;
}

interface Candidate {
  known: Known;
  joinedBy: JoinedBy;
  /** Null for a child: it is below the letter, not above. */
  parentId: MessageId | null;
}

/**
 * Where a letter belongs. Ids decide and nothing else: a subject proves nothing. What we issued is believed
 * first, then In-Reply-To, then References from the newest back, then letters that came before their
 * parent; conversations of the same mailbox before all others.
 *
 * The same letter in another mailbox, or one that another mailbox gets as well, makes a conversation here
 * that shares its answer: each team sees it, and only one answers.
 */
export function matchConversation(arrival: Arrival, relatives: Relatives): Match {
  const { mailboxId, receivedAt, addressedTo, onlyHere } = arrival;
  const candidates = candidatesOf(arrival, relatives);
  const here = candidates.find(({ known }) => known.mailboxId === mailboxId);
  if (here !== undefined) return joined(here, receivedAt);
  if (onlyHere) return alone;
  const copy = relatives.same.find(
    ({ kind, contentHash }) => kind === 'in' && contentHash?.equals(arrival.contentHash) === true,
  );
  const there = candidates[0];
  const shared = copy ?? (there && addressedTo.has(there.known.mailboxId) ? there.known : undefined);
  if (shared !== undefined) return { ...alone, answerId: shared.answerId };
  return there === undefined ? alone : joined(there, receivedAt);
}

const alone: Match = {
  conversationId: null,
  answerId: null,
  previousId: null,
  parentId: null,
  joinedBy: 'new',
};

function joined({ known, joinedBy, parentId }: Candidate, receivedAt: Date): Match {
  const { conversationId, status, lastMessageAt } = known;
  const doneFor = receivedAt.getTime() - lastMessageAt.getTime();
  if (status === 'done' && doneFor > TOO_LONG_DONE) return { ...alone, previousId: conversationId };
  return { ...alone, conversationId, parentId, joinedBy };
}

/** The ids that a letter names, the nearest first; an empty one names nothing. */
export function namedIds({ inReplyTo, references }: Arrival['letter']): string[] {
  return [...new Set([...inReplyTo, ...references.toReversed()])].filter((id) => id.trim() !== '');
}

function candidatesOf({ letter }: Arrival, { named, children }: Relatives): Candidate[] {
  const replies = new Set(letter.inReplyTo);
  const above = namedIds(letter).flatMap((id) =>
    named
      .filter(({ messageId }) => messageId === id && messageId !== letter.messageId)
      .map((known): Candidate => {
        const joinedBy = known.kind === 'out' ? 'issued_id' : replies.has(id) ? 'in_reply_to' : 'references';
        return { known, joinedBy, parentId: known.id };
      }),
  );
  const issued = above.filter(({ joinedBy }) => joinedBy === 'issued_id');
  const others = above.filter(({ joinedBy }) => joinedBy !== 'issued_id');
  const below = children.map((known): Candidate => ({ known, joinedBy: 'references', parentId: null }));
  return [...issued, ...others, ...below];
}
