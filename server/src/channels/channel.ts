import type { Channel, ChannelId, MailboxId, RawMessageId, Security, WorkspaceId } from '@madoguchi/contract';
import type { Tx } from '../platform/index.ts';

/** What the world said about a letter besides its bytes; null where a door does not know it. */
export interface Envelope {
  mailFrom: string | null;
  rcptTo: string[];
  /** Address of the machine that brought it. */
  peer: string | null;
  helo: string | null;
  /** Name of the cipher's protocol (TLSv1.3); null for an open line. */
  tls: string | null;
}

export type RawState = 'waiting' | 'taken' | 'duplicate' | 'quarantined' | 'ignored';

/** The bytes exactly as they came, with the envelope they came in. Read them with `openRaw`. */
export interface RawMessage {
  workspaceId: WorkspaceId;
  id: RawMessageId;
  channelId: ChannelId;
  mailboxId: MailboxId;
  envelope: Envelope;
  receivedAt: Date;
  size: number;
  sha256: Buffer;
  /** Null when the bytes lie in the file store under `sha256`. */
  body: Buffer | null;
  state: RawState;
  /** Why it was quarantined, or the rule that ignored it. */
  reason: string | null;
  duplicateOf: RawMessageId | null;
  attempts: number;
}

/** Which raw message; all that travels in payloads. */
export interface RawMessageRef {
  workspaceId: WorkspaceId;
  rawMessageId: RawMessageId;
}

/** Hands a kept raw message on, in the transaction that kept it. main.ts gives intake's. */
export type OnRaw = (tx: Tx, raw: RawMessageRef) => Promise<void>;

/** A letter with everything fixed; what leaves is these bytes to these addresses. */
export interface LetterOut {
  workspaceId: WorkspaceId;
  /** Whose way out it takes; null for the house's own mail. */
  mailboxId: MailboxId | null;
  envelopeFrom: string;
  envelopeTo: readonly string[];
  /** The MIME bytes, or the file that holds them. */
  bytes: Buffer | { path: string };
}

/** An address that the far side did not take. */
export interface FailedRecipient {
  /** As it stood in the letter's envelope. */
  address: string;
  /** The enhanced status (5.1.1), or "". */
  reason: string;
  reply: string;
  /** 4xx: the same letter may be offered to it again. */
  isTemporary: boolean;
}

/**
 * What the world said, always with its own words in `reply`. `unknown`: the line died after the body went
 * out, so nobody may send it again blindly. `deferred`: nobody has it; it may be repeated. `no_way`: nothing
 * was tried, because neither the mailbox nor the house has an SMTP server.
 */
export type SendOutcome =
  | { kind: 'accepted'; reply: string; failed: FailedRecipient[] }
  | { kind: 'deferred'; reply: string }
  | { kind: 'refused'; reply: string; failed: FailedRecipient[] }
  | { kind: 'unknown'; reply: string }
  | { kind: 'no_way'; reply: string };

/** The way out. Never throws for what the world says; opens its socket outside any transaction. */
export interface Channels {
  send(letter: LetterOut): Promise<SendOutcome>;
}

/** A door of a mail account as it is stored: without its secret. */
export interface StoredDoor {
  host: string;
  port: number;
  security: Security;
  verifyCertificate: boolean;
  user: string;
}
export interface StoredImapDoor extends StoredDoor {
  folders: string[];
}

/** What opens a door: sealed in the row, in the clear only while a socket signs in. */
export type DoorSecret = { password: string } | { accessToken: string };

export type ChannelState = Channel['state'];
