import type { Channels, LetterOut, SendOutcome } from '../channels/index.ts';

export interface FakeChannel extends Channels {
  /** What was handed over, in order. */
  sent: LetterOut[];
  /** What the next letters meet; the last one stays. */
  answerWith(...outcomes: (SendOutcome | 'hang')[]): void;
}

export const accepted: SendOutcome = { kind: 'accepted', reply: '250 2.0.0 queued as 4F2', failed: [] };

/** A way out that does as it is told: it accepts, defers, refuses, or never answers. */
export function fakeChannel(): FakeChannel {
  const sent: LetterOut[] = [];
  let answers: (SendOutcome | 'hang')[] = [accepted];
  return {
    sent,
    answerWith(...outcomes) {
      answers = outcomes;
    },
    send(letter) {
      sent.push(letter);
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? accepted;
      return answer === 'hang' ? new Promise(() => {}) : Promise.resolve(answer);
    },
  };
}
