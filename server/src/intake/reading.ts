import { createHash } from 'node:crypto';
import type { LetterWords, Wire } from '../conversation/index.ts';
import type { Bounce, Letter } from './parse/letter.ts';

/** What intake goes by: a letter as it was read, or as much of it as could be. */
export interface Reading {
  letter: LetterWords;
  wire: Wire;
  /** Null for what is no delivery report. */
  bounce: Bounce | null;
  /** A machine wrote it by itself: an absence note, a report. */
  autoReply: boolean;
  /** Sent to many by a list: its Reply-To is the list, not the writer. */
  list: boolean;
  /** A filter on its way has called it spam. */
  spam: boolean;
  /** Why it could not be read; null when it could. */
  unreadable: Unreadable | null;
}

/** `time` and `memory`: over the limits of one letter. `crash`: the reader died. `failed`: it gave up. */
export type Unreadable = 'time' | 'memory' | 'crash' | 'failed';

/**
 * The letter's facts as conversation keeps them; its files must be in the store already.
 *
 * @param unreadable why nothing but its header could be read
 */
export function readingOf(letter: Letter, unreadable: Unreadable | null = null): Reading {
  return {
    letter: {
      messageId: letter.messageId === null ? madeMessageId(hashOf(letter)) : shortId(letter.messageId),
      references: letter.references.map(shortId),
      inReplyTo: letter.inReplyTo.map(shortId),
      from: letter.from[0] ?? letter.sender ?? { name: '', address: '' },
      recipients: { to: letter.to, cc: letter.cc, bcc: letter.bcc, replyTo: letter.replyTo },
      subject: letter.subject,
      pieces: letter.segments,
      html: letter.html,
      sentAt: letter.date === null ? null : new Date(letter.date),
      parts: letter.attachments.map(({ path, sha256, storedAs: _file, ...rest }) => ({
        ...rest,
        part: path,
        sha256: Buffer.from(sha256, 'hex'),
      })),
    },
    wire: {
      contentHash: Buffer.from(letter.contentHash, 'hex'),
      size: letter.wireSize,
      sha256: Buffer.from(letter.wireSha256, 'hex'),
      mimeMap: letter.mimeMap,
      problems: letter.problems,
    },
    bounce: letter.bounce,
    autoReply: letter.kind === 'auto_reply' || letter.kind === 'bounce',
    list: letter.kind === 'list',
    spam: letter.autoHeaders.spamFlag,
    unreadable,
  };
}

/** What stands for a letter of which nothing could be read: its original, and the reason. */
export function nothingRead(raw: { sha256: Buffer; size: number }, unreadable: Unreadable): Reading {
  return {
    letter: {
      messageId: madeMessageId(raw.sha256.toString('hex')),
      references: [],
      inReplyTo: [],
      from: { name: '', address: '' },
      recipients: { to: [], cc: [], bcc: [], replyTo: [] },
      subject: '',
      pieces: [],
      html: null,
      sentAt: null,
      parts: [],
    },
    wire: { contentHash: raw.sha256, size: raw.size, sha256: raw.sha256, mimeMap: null, problems: [] },
    bounce: null,
    autoReply: false,
    list: false,
    spam: false,
    unreadable,
  };
}

/**
 * By its words, so that the same letter on another way is found again; but what has no date either says too
 * little about itself, and goes by all of its bytes.
 */
const hashOf = ({ date, contentHash, wireSha256 }: Letter): string =>
  date === null ? wireSha256 : contentHash;

/** The same letter gets the same id whenever it is read; a random one would import it again each time. */
const madeMessageId = (hash: string): string => `${hash}@no-message-id.invalid`;

const LONGEST_ID = 900;

/** An index takes no longer one. The same long id becomes the same short one, so it is still found. */
function shortId(id: string): string {
  if (id.length <= LONGEST_ID) return id;
  return `${createHash('sha256').update(id).digest('hex')}@long-message-id.invalid`;
}
