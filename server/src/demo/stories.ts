import type { StatusKind } from '@madoguchi/contract';
import type { Chance } from './chance.ts';
import { PLAYED } from './company.ts';
import type { Cast } from './customers.ts';
import { englishPlots } from './plots/english.ts';
import { orderPlots } from './plots/orders.ts';
import { questionPlots } from './plots/questions.ts';
import { troublePlots } from './plots/troubles.ts';
import { wholesalePlots } from './plots/wholesale.ts';
import type { Customer, Plot, Scene, Story, Turn } from './story.ts';
import { GOODS } from './words/goods.ts';

/** How a conversation stands now, and since how many milliseconds. */
export interface Ending {
  status: StatusKind;
  ago: number;
}

export interface CastStory extends Story {
  customer: Customer;
}

const JAPANESE_PLOTS: readonly Plot[] = [...orderPlots, ...troublePlots, ...questionPlots];
const DAY = 24 * 3_600_000;

/** Picks who writes about what, and ends the story as it is to end. */
export function castStory(
  chance: Chance,
  cast: Cast,
  ending: Ending,
  role: { isPlayed: boolean; no: number },
): CastStory {
  const customer = role.isPlayed ? playedCustomer(cast, role.no) : anyCustomer(chance, cast);
  const story = chance.pick(plotsOf(customer))(sceneOf(chance, customer, ending));
  return { ...story, customer, turns: endedTurns(chance, story.turns, ending.status) };
}

function playedCustomer(cast: Cast, no: number): Customer {
  const address = PLAYED[no % PLAYED.length]?.address;
  const found = [...cast.private, ...cast.companies, ...cast.english].find((one) => one.address === address);
  if (found === undefined) throw new RangeError(`nobody plays ${address}`);
  return found;
}

function anyCustomer(chance: Chance, cast: Cast): Customer {
  const share = chance.next();
  if (share < 0.14) return chance.pick(cast.companies);
  return chance.pick(share < 0.3 ? cast.english : cast.private);
}

function plotsOf({ language, company }: Customer): readonly Plot[] {
  if (language === 'en') return englishPlots;
  return company === null ? JAPANESE_PLOTS : wholesalePlots;
}

function sceneOf(chance: Chance, customer: Customer, { ago }: Ending): Scene {
  const good = chance.pick(GOODS);
  const daysAhead = chance.between(2, 6) - Math.round(ago / DAY);
  return {
    chance,
    customer,
    good,
    otherGood: chance.pick(GOODS.filter((one) => one !== good)),
    colour: chance.pick(good.colours),
    orderNo: `K-${20_900 - Math.round(ago / DAY) * 9 - chance.between(0, 8)}`,
    count: chance.between(1, 6),
    day: dayWords(daysAhead, chance),
    laterDay: dayWords(daysAhead + 5, chance),
  };
}

const WEEKDAYS = ['月曜日', '火曜日', '水曜日', '木曜日', '金曜日', '土曜日', '日曜日'] as const;

/** A day near the letter without a date of its own, so that it stays true whenever the company is made. */
function dayWords(daysAhead: number, chance: Chance): string {
  const weekday = WEEKDAYS[(((daysAhead + 3) % 7) + 7) % 7] ?? '金曜日';
  return chance.pick([`来週の${weekday}`, `今度の${weekday}`, weekday]);
}

/** As far as the story has come: our turn ends with the customer's words, a waiting one with ours. */
function endedTurns(chance: Chance, turns: readonly Turn[], status: StatusKind): readonly Turn[] {
  if (status === 'done') return chance.happens(0.35) ? withoutLastWord(turns) : turns;
  const ends = turns.flatMap(({ by, asks }, no) => {
    if (status === 'waiting') return by === 'us' && (asks || !turns.some((turn) => turn.asks)) ? [no] : [];
    return by === 'customer' && (no === 0 || no < turns.length - 1) ? [no] : [];
  });
  return turns.slice(0, chance.pick(ends) + 1);
}

/** Not every customer says thank you. */
function withoutLastWord(turns: readonly Turn[]): readonly Turn[] {
  return turns.length > 2 && turns.at(-1)?.by === 'customer' ? turns.slice(0, -1) : turns;
}
