import type { StatusKind } from '@madoguchi/contract';
import type { Chance } from './chance.ts';
import { answerersOf } from './company.ts';
import { type Correspondence, customerLetter, ourLetter } from './letter/correspondence.ts';
import type { PersonNo, PlannedConversation, Step } from './planned.ts';
import type { CastStory, Ending } from './stories.ts';
import type { Turn } from './story.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OPENS = 9;
const CLOSES = 18;
const SLEEPS_FROM = 1;
const SLEEPS_TO = 6;

/** Lets a story happen, so that its last word falls where its ending says. */
export function playStory(chance: Chance, story: CastStory, ending: Ending, now: Date): PlannedConversation {
  const author = chance.pick(answerersOf(story.mailbox));
  const so: Correspondence = {
    subject: story.subject,
    customer: story.customer,
    mailbox: story.mailbox,
    letters: [],
  };
  const moments = momentsOf(chance, story.turns, new Date(now.getTime() - ending.ago));
  const steps = story.turns.flatMap((turn, no): Step[] => {
    const at = moments[no] ?? now;
    const isLast = no === story.turns.length - 1;
    const isFirstAnswer = turn.by === 'us' && !story.turns.slice(0, no).some(({ by }) => by === 'us');
    return stepsOf(chance, so, {
      turn,
      at,
      author,
      isFirstAnswer,
      after: isLast ? ending.status : statusAfter(turn),
    });
  });
  return {
    mailbox: story.mailbox,
    customer: story.customer.address,
    steps: [...steps, ...endingSteps(chance, story, { ending, author, steps, now })],
    isSeen: ending.status === 'done' || ending.status === 'waiting' || chance.happens(0.35),
  };
}

const statusAfter = ({ asks }: Turn): StatusKind => (asks ? 'waiting' : 'done');

interface Moment {
  turn: Turn;
  at: Date;
  author: PersonNo;
  isFirstAnswer: boolean;
  after: StatusKind;
}

function stepsOf(
  chance: Chance,
  so: Correspondence,
  { turn, at, author, isFirstAnswer, after }: Moment,
): Step[] {
  if (turn.by === 'customer') {
    return [
      { kind: 'in', at, letter: customerLetter(chance, so, { at, turn }), mailFrom: so.customer.address },
    ];
  }
  if (turn.by === 'note') {
    const by = chance.pick(answerersOf(so.mailbox).filter((no) => no !== author));
    return [{ kind: 'note', at, by, text: turn.text }];
  }
  const began = new Date(at.getTime() - chance.between(2, 9) * MINUTE);
  const letter = ourLetter(chance, so, { at, turn, by: author });
  return [
    ...(isFirstAnswer ? [{ kind: 'assign' as const, at: began, by: author, to: author }] : []),
    { kind: 'status', at: began, by: author, to: 'in_progress' },
    { kind: 'out', at, letter, by: author, fate: 'accepted', answersCustomer: true, after },
  ];
}

interface End {
  ending: Ending;
  author: PersonNo;
  steps: readonly Step[];
  now: Date;
}

/** What a person does after the last letter: closes a thank-you, takes what came into his hands. */
function endingSteps(chance: Chance, story: CastStory, { ending, author, steps, now }: End): Step[] {
  const last = steps.at(-1)?.at.getTime() ?? now.getTime();
  const soon = new Date(Math.min(last + chance.between(1, 12) * MINUTE, now.getTime() - MINUTE / 2));
  const isAssigned = steps.some(({ kind }) => kind === 'assign');
  const take: Step[] = isAssigned ? [] : [{ kind: 'assign', at: soon, by: author, to: author }];
  if (ending.status === 'in_progress')
    return [...take, { kind: 'status', at: soon, by: author, to: 'in_progress' }];
  if (ending.status === 'done' && story.turns.at(-1)?.by === 'customer') {
    return [...take, { kind: 'status', at: soon, by: author, to: 'done' }];
  }
  return ending.status === 'open' && chance.happens(0.3) ? take : [];
}

/** The turns' moments, found from the last one backwards: customers write by day and evening, we in our hours. */
function momentsOf(chance: Chance, turns: readonly Turn[], last: Date): Date[] {
  const moments: Date[] = [];
  let at = last;
  for (const turn of turns.toReversed()) {
    const isLast = moments.length === 0;
    if (!isLast || turn.by !== 'customer') at = turn.by === 'customer' ? awake(at) : atWork(at, chance);
    moments.unshift(at);
    at = new Date(at.getTime() - pauseBefore(chance, turn));
  }
  return moments;
}

function pauseBefore(chance: Chance, { by }: Turn): number {
  if (by === 'note') return chance.between(8, 90) * MINUTE;
  return by === 'us' ? chance.between(14, 420) * MINUTE : chance.between(9, 1900) * MINUTE;
}

const hourInJapan = (at: Date): number => (at.getUTCHours() + 9) % 24;

/** The last moment not later than this in which the shop is open. */
function atWork(at: Date, chance: Chance): Date {
  const hour = hourInJapan(at);
  if (hour >= OPENS && hour < CLOSES) return at;
  const hoursBack = hour >= CLOSES ? hour - CLOSES + 1 : hour + 24 - CLOSES + 1;
  return new Date(at.getTime() - hoursBack * HOUR - chance.between(0, 50) * MINUTE);
}

/** The last moment not later than this in which people write letters. */
function awake(at: Date): Date {
  const hour = hourInJapan(at);
  return hour >= SLEEPS_FROM && hour < SLEEPS_TO ? new Date(at.getTime() - hour * HOUR) : at;
}
