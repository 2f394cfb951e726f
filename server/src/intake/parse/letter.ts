/**
 * What a mail says, as plain facts: everything here survives JSON and knows neither database nor clock.
 *
 * Nothing of the mail is missing: the concatenated `segments` are the whole text, and each leaf part of
 * the MIME tree is either in `text`, in `html`, or in `attachments`.
 */

/** One mailbox of an address header; the address as a person writes it, without the wire's quotes. */
export interface Address {
  /** The display name, decoded; empty when there is none. */
  name: string;
  /** `a..b@docomo.ne.jp`, never `"a..b"@docomo.ne.jp`; empty for a name without an address. */
  address: string;
}

/** What the body part of a text is. */
export type SegmentKind = 'new' | 'quote' | 'signature';

/** A stretch of the text; all of them joined are the text, character by character. */
export interface Segment {
  kind: SegmentKind;
  text: string;
}

/** A part that is offered as a file. */
export interface Attachment {
  /** The part's IMAP section, such as `2.1`. */
  path: string;
  /** The decoded file name; a made-up one (`part-2.bin`, `message.eml`) when the mail has none. */
  name: string;
  /** The media type in lower case, `application/octet-stream` when the mail has none. */
  type: string;
  /** Decoded bytes. */
  size: number;
  /** Of the decoded bytes, in lower-case hex. */
  sha256: string;
  /** Content-ID without `<>`. */
  contentId: string | null;
  /** The cleaned HTML shows it by its Content-ID. What is not shown must be listed, whatever the mail calls it. */
  inline: boolean;
  /** The file in the sink's folder, named by its hash; absent when there was no folder. */
  storedAs?: string;
}

export type LetterKind = 'message' | 'auto_reply' | 'bounce' | 'list';

/** Why a letter did not arrive, in the words of sisimai. */
export type BounceReason =
  | 'authfailure'
  | 'badreputation'
  | 'blocked'
  | 'contenterror'
  | 'delivered'
  | 'exceedlimit'
  | 'expired'
  | 'failedstarttls'
  | 'feedback'
  | 'filtered'
  | 'hasmoved'
  | 'hostunknown'
  | 'mailboxfull'
  | 'mailererror'
  | 'mesgtoobig'
  | 'networkerror'
  | 'norelaying'
  | 'notaccept'
  | 'notcompliantrfc'
  | 'onhold'
  | 'policyviolation'
  | 'rejected'
  | 'requireptr'
  | 'toomanyconn'
  | 'securityerror'
  | 'spamdetected'
  | 'suspend'
  | 'suppressed'
  | 'syntaxerror'
  | 'systemerror'
  | 'systemfull'
  | 'undefined'
  | 'userunknown'
  | 'vacation'
  | 'virusdetected';

export type BounceAction = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';

export interface BouncedRecipient {
  address: string;
  action: BounceAction;
  /** RFC 3463, such as `5.1.1`; null when nothing in the mail says or implies one. */
  status: string | null;
  reason: BounceReason;
  /** Whether trying again is pointless: the address or its host does not exist. */
  hard: boolean;
  /** The far server's words. */
  diagnostic: string | null;
}

export interface Bounce {
  originalMessageId: string | null;
  recipients: BouncedRecipient[];
}

/** The headers by which machines tell each other not to answer; values in lower case. */
export interface AutoHeaders {
  autoSubmitted: string | null;
  precedence: string | null;
  autoResponseSuppress: string | null;
  listId: string | null;
  listUnsubscribe: boolean;
  loop: string[];
  /** Return-Path was `<>`. */
  emptyReturnPath: boolean;
  spamFlag: boolean;
}

/** One part of the MIME tree as an IMAP server needs it; offsets count bytes of the CRLF form. */
export interface MimePart {
  /** IMAP section; `TEXT` (`2.TEXT` in a forwarded mail) for the multipart that is a mail's whole body. */
  path: string;
  /** Media type in lower case. */
  type: string;
  /** Parameters of Content-Type as they stand on the wire, decoded to Unicode. */
  parameters: Record<string, string>;
  encoding: string;
  disposition: string | null;
  dispositionParameters: Record<string, string>;
  contentId: string | null;
  description: string | null;
  /** Lines of the body. */
  lines: number;
  headerStart: number;
  bodyStart: number;
  /** The first byte after the body. */
  bodyEnd: number;
}

export interface MimeMap {
  version: 1;
  parts: MimePart[];
}

/** What was odd about a letter; each is a code word that the screen has a sentence for. */
export type Problem =
  | 'bad_charset'
  | 'bad_date'
  | 'bad_encoding'
  | 'bad_header'
  | 'boundary_not_met'
  | 'empty'
  | 'headers_too_long'
  | 'html_over_budget'
  | 'no_boundary'
  | 'no_date'
  | 'no_from'
  | 'no_message_id'
  | 'several_from'
  | 'text_after_end'
  | 'text_too_long'
  | 'too_deep'
  | 'too_many_parts'
  | 'truncated'
  | 'wrong_charset_label';

export interface Letter {
  /** Without `<>`; null when the mail has none. */
  messageId: string | null;
  inReplyTo: string[];
  /** Oldest first, as in the header, each once. */
  references: string[];
  /** The sender's clock, ISO 8601 in UTC. */
  date: string | null;
  from: Address[];
  sender: Address | null;
  replyTo: Address[];
  to: Address[];
  cc: Address[];
  bcc: Address[];
  /** The last Return-Path; empty for `<>`. */
  returnPath: string | null;
  /** Envelope hints of the last delivery: Delivered-To, X-Original-To, Envelope-To. */
  deliveredTo: string[];
  subject: string;
  /** `subject` without Re:, Fw:, 返信:, 転送: and bracketed counters. */
  subjectNormalised: string;
  /** The whole decoded text with `\n` line ends; made from the HTML when there is no text part. */
  text: string;
  /** Cleaned; null when there is none, or when cleaning went over its budget. */
  html: string | null;
  /** Every segment that is not a quote, joined. */
  newText: string;
  /** Every quote, joined. */
  quotedText: string;
  segments: Segment[];
  attachments: Attachment[];
  kind: LetterKind;
  bounce: Bounce | null;
  autoHeaders: AutoHeaders;
  /** As declared and as found, in lower case, each once: what the texts were read with. */
  charsets: string[];
  problems: Problem[];
  /** Bytes of the mail with CRLF line ends. */
  wireSize: number;
  /** SHA-256 of those bytes, lower-case hex. */
  wireSha256: string;
  /** SHA-256 over From, Date, Subject and the decoded body, without trace lines. */
  contentHash: string;
  mimeMap: MimeMap;
}

/** Where the parts of a letter go while it is read. */
export interface Sink {
  /** An existing folder for attachments (named by their SHA-256); null keeps facts only. */
  folder: string | null;
}
