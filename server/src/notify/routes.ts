import { type HouseLetter, listHouseLettersRoute } from '@madoguchi/contract';
import { actorOf } from '../accounts/index.ts';
import { type App, type Edge, route } from '../platform/index.ts';
import { listLetters } from './listing/list-letters.ts';
import type { ShownLetter } from './listing/store.ts';

export function notifyRoutes(app: App, { db }: Edge): void {
  route(app, listHouseLettersRoute, async ({ request }) => {
    const letters = await db.transaction((tx) => listLetters(tx, actorOf(request)));
    return { items: letters.map(letterToWire), next: null };
  });
}

const letterToWire = ({ createdAt, settledAt, ...letter }: ShownLetter): HouseLetter => ({
  ...letter,
  createdAt: createdAt.toISOString(),
  settledAt: settledAt?.toISOString() ?? null,
});
