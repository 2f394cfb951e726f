import { type Static, Type } from 'typebox';
import { defineRoute, listOf, Moment, Nothing } from './wire.ts';

/** A letter as the invented customer of the demo sees it in his own mail program. */
export const DemoLetter = Type.Object({
  id: Type.String(),
  direction: Type.Unsafe<'sent' | 'received'>(Type.String({ enum: ['sent', 'received'] })),
  from: Type.String(),
  to: Type.String(),
  subject: Type.String(),
  text: Type.String(),
  at: Moment,
});
export type DemoLetter = Static<typeof DemoLetter>;

const customer = Type.String({ minLength: 3, maxLength: 254 });

export const listDemoLettersRoute = defineRoute({
  method: 'GET',
  path: '/demo/letters',
  summary: 'Demo only: what this invented customer wrote and got, newest first',
  query: Type.Object({ customer }),
  answer: listOf(DemoLetter),
  open: true,
});
export const writeDemoLetterRoute = defineRoute({
  method: 'POST',
  path: '/demo/letters',
  summary: 'Demo only: write to a shared mailbox as a customer, by real SMTP',
  body: Type.Object({
    customer,
    name: Type.String({ maxLength: 100 }),
    to: Type.String({ minLength: 3, maxLength: 254 }),
    subject: Type.String({ maxLength: 500 }),
    text: Type.String({ minLength: 1, maxLength: 100_000 }),
    /** The letter that is answered; empty for a new one. */
    answers: Type.String(),
  }),
  answer: Nothing,
  open: true,
});
export const readDemoRoute = defineRoute({
  method: 'GET',
  path: '/demo',
  summary: 'Demo only: whom one can play, and the addresses to write to',
  answer: Type.Object({
    customers: Type.Array(Type.Object({ name: Type.String(), address: Type.String() })),
    mailboxes: Type.Array(Type.Object({ name: Type.String(), address: Type.String() })),
    /** People of the example company; any of them signs in with the password. */
    people: Type.Array(Type.Object({ name: Type.String(), email: Type.String() })),
    password: Type.String(),
  }),
  open: true,
});
