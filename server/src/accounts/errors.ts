import { defineError } from '../platform/index.ts';

export const notSignedIn = defineError('accounts.not_signed_in', 'not_signed_in', 'Sign in to go on.');

export const notAllowed = defineError(
  'accounts.not_allowed',
  'not_found',
  'This does not exist, or you may not see it.',
);

export const signInRefused = defineError(
  'accounts.sign_in_refused',
  'not_signed_in',
  'The mail address or the password is wrong.',
);

export const tooManySignIns = defineError<{ retryAfterSeconds: number }>(
  'accounts.too_many_sign_ins',
  'too_many',
  'Too many attempts to sign in from here. Wait a little and try again.',
);

export const passwordRefused = defineError(
  'accounts.password_refused',
  'invalid',
  'The present password is wrong, or the new one has fewer than 10 or more than 128 characters.',
);

export const originRefused = defineError(
  'accounts.origin_refused',
  'invalid',
  'This request came from a page of another address. Open Madoguchi at its own address and try again.',
);

export const bodyTypeRefused = defineError(
  'accounts.body_type_refused',
  'invalid',
  'A request of the page must carry JSON.',
);

export const memberNotFound = defineError(
  'accounts.member_not_found',
  'not_found',
  'This person does not exist, or you may not see them.',
);

export const emailNotAnAddress = defineError<{ email: string }>(
  'accounts.email_not_an_address',
  'invalid',
  'This is not a mail address.',
);

export const emailTaken = defineError<{ email: string }>(
  'accounts.email_taken',
  'conflict',
  'Someone in this workspace already has this mail address.',
);

export const emailElsewhere = defineError<{ email: string }>(
  'accounts.email_elsewhere',
  'conflict',
  'This mail address already signs in to another workspace of this server.',
);

export const roleNotFound = defineError('accounts.role_not_found', 'invalid', 'This role does not exist.');

export const lastAdministrator = defineError(
  'accounts.last_administrator',
  'conflict',
  'A workspace needs an administrator who is not switched off: this is the last one.',
);

export const notOneself = defineError(
  'accounts.not_oneself',
  'conflict',
  'Your own rights can only be taken from you by another administrator.',
);

export const memberOff = defineError(
  'accounts.member_off',
  'conflict',
  'This person is switched off. Switch them on first.',
);

export const linkEnded = defineError(
  'accounts.link_ended',
  'not_found',
  'This link has been used or is over. Ask an administrator for a new one.',
);

export const mailboxNotFound = defineError(
  'accounts.mailbox_not_found',
  'not_found',
  'This shared mailbox does not exist, or you may not see it.',
);

export const addressTaken = defineError<{ address: string }>(
  'accounts.address_taken',
  'conflict',
  'Another shared mailbox already has this address.',
);

export const addressNotAnAddress = defineError<{ address: string }>(
  'accounts.address_not_an_address',
  'invalid',
  'This is not a mail address.',
);

export const ageLimitsNotRising = defineError(
  'accounts.age_limits_not_rising',
  'invalid',
  'Each limit of waiting must be longer than the one before.',
);

export const workspaceExists = defineError(
  'accounts.workspace_exists',
  'conflict',
  'The first page has been filled in already. Sign in instead.',
);

export const setupCodeWrong = defineError(
  'accounts.setup_code_wrong',
  'invalid',
  'This is not the code that the server printed at its last start.',
);

export const tooManyCodes = defineError<{ retryAfterSeconds: number }>(
  'accounts.too_many_codes',
  'too_many',
  'Too many wrong codes. Wait a little and try again.',
);
