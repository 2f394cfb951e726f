/**
 * channels: doors to the world. Letters come in and are kept as they are; letters go out as they are.
 *
 * In:     bytes from SMTP, IMAP and import; frozen letters from `outbox`
 * Out:    `raw_message` rows, handed on through `onRaw` in the same transaction; an outcome for each letter
 * Owns:   channel, channel_folder, raw_message
 * Never:  reads what a letter says, decides whose it is, or opens a socket inside a transaction
 */
export type {
  Channels,
  Envelope,
  FailedRecipient,
  LetterOut,
  OnRaw,
  RawMessage,
  RawMessageRef,
  RawState,
  SendOutcome,
} from './channel.ts';
export { findRecipients } from './email/store.ts';
export { systemSender } from './email/system-smtp.ts';
export { countImported, type ImportNeeds, importLetters } from './import/import-letters.ts';
export { openChannels } from './open-channels.ts';
export { openRaw, type RawBytes } from './raw/open-raw.ts';
export {
  countRawAttempt,
  lockRawMessage,
  markDuplicate,
  markQuarantined,
  markTaken,
  readRawMessage,
} from './raw/store.ts';
export { listWaitingRaw } from './raw/sweep/store.ts';
export { channelsRoutes } from './routes.ts';
export { addChannel } from './save-channel.ts';
export { type MailLoop, startMailLoop } from './start-mail-loop.ts';
export { builtInChannel } from './store.ts';
export { tryAccount } from './try-account.ts';
