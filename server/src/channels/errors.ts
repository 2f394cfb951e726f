import { defineError } from '../platform/index.ts';

export const channelNotFound = defineError<Record<never, never>>(
  'channels.not_found',
  'not_found',
  'This door does not exist, or you may not change it.',
);
export const mailboxUnknown = defineError<Record<never, never>>(
  'channels.mailbox_not_found',
  'not_found',
  'This shared mailbox does not exist.',
);
export const nothingToConnect = defineError<Record<never, never>>(
  'channels.nothing_to_connect',
  'invalid',
  'A mail account needs a way in, a way out, or both.',
);
export const secretMissing = defineError<{ door: 'imap' | 'smtp' }>(
  'channels.secret_missing',
  'invalid',
  'A password or an access token is needed for this mail account.',
);
export const notAnAccount = defineError<Record<never, never>>(
  'channels.not_an_account',
  'invalid',
  'This door belongs to the program itself and has no settings.',
);
export const secretUnreadable = defineError<Record<never, never>>(
  'channels.secret_unreadable',
  'unavailable',
  'The stored password cannot be read: it was sealed with another key. Type it again, or restore the key file.',
);
