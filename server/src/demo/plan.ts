import { type Chance, chanceOf } from './chance.ts';
import { castOf } from './customers.ts';
import { oddConversations } from './odd-conversations.ts';
import type { PlannedConversation } from './planned.ts';
import { playStory } from './play-story.ts';
import { castStory, type Ending } from './stories.ts';

const SEED = 20_261_121;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long the customers of what is still to be done have waited, youngest first. */
const WAITS = [
  2 * MINUTE,
  6 * MINUTE,
  11 * MINUTE,
  19 * MINUTE,
  27 * MINUTE,
  38 * MINUTE,
  52 * MINUTE,
  68 * MINUTE,
  85 * MINUTE,
  1.8 * HOUR,
  2.4 * HOUR,
  3.1 * HOUR,
  3.7 * HOUR,
  4.6 * HOUR,
  5.5 * HOUR,
  6.8 * HOUR,
  9 * HOUR,
  14 * HOUR,
  20 * HOUR,
  1.2 * DAY,
  1.9 * DAY,
  2.6 * DAY,
  3.5 * DAY,
  5.2 * DAY,
];
/** Every third of them is in somebody's hands already. */
const IN_PROGRESS_EVERY = 3;
const WAITING = 15;
const DONE = 245;
const LOOK_BACK = 75 * DAY;
/** Each so many conversations is one of a customer whom a newcomer can play. */
const PLAYED_EVERY = 14;

/**
 * The example company's last weeks, told from now backwards.
 *
 * @param now when it is told; the same seed and moment give the same bytes
 * @returns conversations by their first letter, oldest first
 */
export function planCompany(now: Date, seed: number = SEED): PlannedConversation[] {
  const chance = chanceOf(seed);
  const cast = castOf(chance);
  const endings = chance.shuffled(endingsOf(chance));
  const told = endings.map((ending, no) => {
    const story = castStory(chance, cast, ending, {
      isPlayed: no % PLAYED_EVERY === 0,
      no: Math.floor(no / PLAYED_EVERY),
    });
    return playStory(chance, story, ending, now);
  });
  return [...told, ...oddConversations(chance, cast, now)].toSorted((a, b) => startOf(a) - startOf(b));
}

const startOf = ({ steps }: PlannedConversation): number => steps[0]?.at.getTime() ?? 0;

function endingsOf(chance: Chance): Ending[] {
  return [
    ...WAITS.map(
      (ago, no): Ending => ({ status: no % IN_PROGRESS_EVERY === 2 ? 'in_progress' : 'open', ago }),
    ),
    ...Array.from(
      { length: WAITING },
      (_, no): Ending => ({ status: 'waiting', ago: (2 + no * 9) * HOUR * (0.8 + chance.next() * 0.4) }),
    ),
    ...Array.from(
      { length: DONE },
      (): Ending => ({ status: 'done', ago: 40 * MINUTE + chance.next() ** 1.6 * LOOK_BACK }),
    ),
  ];
}
