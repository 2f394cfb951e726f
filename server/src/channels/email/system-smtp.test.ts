import { expect, test } from 'vitest';
import { systemSender } from './system-smtp.ts';

test.each([
  ['smtp://relay.example?from=office@komorebi.example', 'office@komorebi.example'],
  ['smtps://info%40komorebi.example:secret@relay.example', 'info@komorebi.example'],
  ['smtps://info%40komorebi.example:x@relay.example?from=a@komorebi.example', 'a@komorebi.example'],
  ['smtp://user:secret@relay.example', 'madoguchi@desk.komorebi.example'],
  [null, 'madoguchi@desk.komorebi.example'],
])('with %s the house writes as %s', (systemSmtp, sender) => {
  expect(systemSender({ systemSmtp, url: 'https://desk.komorebi.example:8443' })).toBe(sender);
});
