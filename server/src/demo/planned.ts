import type { Place, StatusKind } from '@madoguchi/contract';
import type { MailboxKey } from './company.ts';
import type { WrittenLetter } from './letter/correspondence.ts';

/** Which of the five; their order is that of PEOPLE. */
export type PersonNo = number;

/** What the world said to a letter of ours. */
export type Fate = 'accepted' | 'refused' | 'unknown';

/** One thing that happened to a conversation, at its moment. */
export type Step = { at: Date } & (
  | {
      kind: 'in';
      letter: WrittenLetter;
      mailFrom: string;
      /** The parser could not read it: what its header says is all that is known. */
      isUnreadable?: boolean;
      /** Another mailbox that gets the same letter. */
      alsoTo?: MailboxKey;
    }
  | {
      kind: 'out';
      letter: WrittenLetter;
      by: PersonNo;
      fate: Fate;
      answersCustomer: boolean;
      after: StatusKind;
    }
  | { kind: 'note'; by: PersonNo; text: string }
  | { kind: 'assign'; by: PersonNo; to: PersonNo }
  | { kind: 'status'; by: PersonNo; to: StatusKind }
  | { kind: 'label'; by: PersonNo; name: string }
  | { kind: 'place'; by: PersonNo; to: Place }
);

/** A conversation with all that happened to it, oldest first. */
export interface PlannedConversation {
  mailbox: MailboxKey;
  /** The customer's address; the page of the customers shows him his letters. */
  customer: string;
  steps: readonly Step[];
  /** Read by everyone who works there; else what came last is new to all but its author. */
  isSeen: boolean;
}
