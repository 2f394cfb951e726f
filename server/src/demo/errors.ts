import { defineError } from '../platform/index.ts';

export const demoAddressUnfit = defineError<{ address: string }>(
  'demo.address_unfit',
  'invalid',
  'This is not an address that one can write from or to.',
);
export const demoLetterNotTaken = defineError<{ reply: string }>(
  'demo.letter_not_taken',
  'unavailable',
  'The server’s own mail door did not take this letter.',
);
