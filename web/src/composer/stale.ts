import type { Conversation, MemberId, Message } from '@madoguchi/contract';

export type Stale =
  | {
      kind: 'customer' | 'answer' | 'note' | 'colleague';
      name: string;
      memberId: MemberId | null;
      at: string;
    }
  | { kind: 'elsewhere' };

const KIND: Partial<Record<Message['kind'], 'customer' | 'answer' | 'note'>> = {
  in: 'customer',
  out: 'answer',
  note: 'note',
};

/** How far a writer has looked: in the answer that copies share, and in this conversation. */
export interface Seen {
  answer: number;
  here: number;
}

type Revisions = Pick<Conversation, 'revision' | 'answerRevision'>;

/** Where one stood who had seen the answer at `answer`; a copy's messages only make it look earlier. */
export const seenAt = ({ revision, answerRevision }: Revisions, answer: number): Seen => ({
  answer,
  here: revision - (answerRevision - answer),
});

/**
 * Why an answer must wait: something was said that its writer has not seen. The newest word of a customer
 * counts first. Null when nothing was, or only by the writer himself.
 */
export function staleness(
  messages: readonly Message[],
  { answerRevision }: Revisions,
  seen: Seen,
  me: MemberId,
): Stale | null {
  const raised = answerRevision - seen.answer;
  if (raised <= 0) return null;
  const since = messages.filter((message) => message.revision > seen.here);
  const others = since.filter((message) => message.memberId !== me && !message.undone);
  const newest = others.findLast((message) => message.kind === 'in') ?? others.at(-1);
  if (newest === undefined) return since.length >= raised ? null : { kind: 'elsewhere' };
  const name = newest.from?.name || newest.from?.address || '';
  return { kind: KIND[newest.kind] ?? 'colleague', name, memberId: newest.memberId, at: newest.receivedAt };
}
