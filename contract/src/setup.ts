import { Type } from 'typebox';
import { AccountTrial, MailAccount } from './channel.ts';
import { Password } from './member.ts';
import { defineRoute, orNull } from './wire.ts';

const code = Type.String({ minLength: 1, maxLength: 100 });

export const readSetupRoute = defineRoute({
  method: 'GET',
  path: '/setup',
  summary: 'Whether the first page is still to be filled in',
  answer: Type.Object({ needed: Type.Boolean(), demo: Type.Boolean(), smtpPort: Type.Integer() }),
  open: true,
});
export const checkSetupCodeRoute = defineRoute({
  method: 'POST',
  path: '/setup/code',
  summary: 'Whether the one-time code that the server printed is right',
  body: Type.Object({ code }),
  answer: Type.Object({ right: Type.Boolean() }),
  open: true,
});
export const trySetupAccountRoute = defineRoute({
  method: 'POST',
  path: '/setup/try',
  summary: 'Try a mail account before the first sign-in; needs the code',
  body: Type.Object({ code, account: MailAccount }),
  answer: AccountTrial,
  open: true,
});
export const setUpRoute = defineRoute({
  method: 'POST',
  path: '/setup',
  summary: 'The first run: company, administrator, shared mailbox, its mail account',
  body: Type.Object({
    code,
    company: Type.String({ minLength: 1, maxLength: 100 }),
    name: Type.String({ minLength: 1, maxLength: 100 }),
    email: Type.String({ minLength: 3, maxLength: 254 }),
    password: Password,
    mailboxName: Type.String({ minLength: 1, maxLength: 100 }),
    mailboxAddress: Type.String({ minLength: 3, maxLength: 254 }),
    account: orNull(MailAccount),
  }),
  answer: Type.Object({ email: Type.String() }),
  open: true,
});
