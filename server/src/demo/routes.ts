import { listDemoLettersRoute, readDemoRoute, writeDemoLetterRoute } from '@madoguchi/contract';
import { type App, type Edge, route } from '../platform/index.ts';
import { MAILBOXES, PASSWORD, PEOPLE, PLAYED } from './company.ts';
import type { DemoWorld } from './world/start-demo-world.ts';

/** Only with --demo: they are open to whoever reaches the page, and show a password. */
export function demoRoutes(app: App, _edge: Edge, world: DemoWorld): void {
  route(app, readDemoRoute, async () => ({
    customers: PLAYED.map(({ name, address }) => ({ name, address })),
    mailboxes: MAILBOXES.map(({ name, address }) => ({ name, address })),
    people: PEOPLE.map(({ name, email }) => ({ name, email })),
    password: PASSWORD,
  }));

  route(app, listDemoLettersRoute, async ({ query }) => ({
    items: world
      .lettersOf(query.customer)
      .map(({ customer: _customer, references: _references, ...letter }) => letter),
    next: null,
  }));

  route(app, writeDemoLetterRoute, async ({ body: { answers, ...words } }) => {
    await world.write(words, answers);
    return {};
  });
}
