/**
 * One mail's bytes to the facts of a letter.
 *
 * Nothing in a mail makes this throw: what is odd is noted in `problems`, what cannot be shown is listed
 * as a file. Only the disk can fail.
 */
import { createReadStream } from 'node:fs';
import { cleanHtml } from '../clean/clean-html.ts';
import { recognise } from '../recognise/recognise.ts';
import { assembleBody, type Body, LONGEST_TEXT_BYTES } from './assemble-body.ts';
import { attachmentsOf, contentIdFinder } from './attachments.ts';
import { contentHashOf } from './content-hash.ts';
import { decodeHeaderText } from './decode/decode-words.ts';
import { newReading, type Reading } from './decode/reading.ts';
import { normaliseSubject } from './header/normalise-subject.ts';
import { readAddresses } from './header/read-addresses.ts';
import { readDate } from './header/read-date.ts';
import { allFields, firstField } from './header/read-fields.ts';
import { readIds, readMessageId } from './header/read-ids.ts';
import type { Address, Letter, Problem, Segment, SegmentKind, Sink } from './letter.ts';
import { mimeMapOf } from './mime-map.ts';
import { roleOf } from './part-role.ts';
import { splitQuote } from './quote/split-quote.ts';
import { isReport, reportsOf } from './reports.ts';
import type { Part } from './walk/part.ts';
import { PartContent } from './walk/part-content.ts';
import { MailWalker, type WalkedMail } from './walk/walk-mail.ts';

const CHUNK_BYTES = 256 * 1024;
/** Enough of a returned letter to find its Message-ID and of a report to read its recipients. */
const REPORT_HEAD_BYTES = 256 * 1024;

/**
 * Reads a mail in one pass; only its texts are held in memory.
 *
 * @param source a path, or the bytes themselves; line ends LF or CRLF
 * @param sink where attachments are stored, each named by its SHA-256; a name that exists is overwritten
 *   with the same bytes
 * @throws what the file system throws; never because of the mail
 */
export async function parseLetter(source: string | Buffer, sink: Sink): Promise<Letter> {
  const reading = newReading();
  const walker = new MailWalker({ reading, contentFor: (part) => contentFor(part, sink) });
  if (typeof source === 'string') {
    for await (const chunk of createReadStream(source, { highWaterMark: CHUNK_BYTES })) walker.push(chunk);
  } else walker.push(source);
  return letterOf(walker.end(), reading);
}

function contentFor(part: Part, { folder }: Sink): PartContent {
  const text = roleOf(part) !== 'file';
  return new PartContent({
    encoding: part.shape === 'multipart' ? '' : part.encoding,
    headBytes: text ? LONGEST_TEXT_BYTES : isReport(part.type) ? REPORT_HEAD_BYTES : 0,
    folder,
    onlyWhenLonger: text,
  });
}

function letterOf(mail: WalkedMail, reading: Reading): Letter {
  const { root } = mail;
  reading.hint =
    root.parameters.charset ?? mail.parts.find((part) => part.parameters.charset)?.parameters.charset ?? null;
  const head = readHead(root, reading);
  const body = assembleBody(root, reading);
  const cleaned = cleanBody(body, mail.parts, reading);
  const attachments = attachmentsOf(mail.parts, cleaned?.contentIds ?? [], reading);
  const recognised = recognise({
    fields: root.fields.map(({ name, value }) => ({ name, value: decodeHeaderText(value, reading) })),
    type: root.type,
    parameters: root.parameters,
    from: head.from,
    subject: head.subject,
    returnPath: head.returnPath,
    text: body.text,
    reports: reportsOf(mail.parts, reading),
  });
  noteProblems(mail, head, reading);
  const segments = splitQuote(body.text, {
    subject: head.subject,
    writers: head.from.map(({ name }) => name),
  });
  return {
    ...head,
    ...recognised,
    text: body.text,
    html: cleaned?.html ?? null,
    newText: joined(segments, ['new', 'signature']),
    quotedText: joined(segments, ['quote']),
    segments,
    attachments,
    charsets: [...reading.charsets],
    problems: [...reading.problems].sort(),
    wireSize: mail.wireSize,
    wireSha256: mail.wireSha256,
    contentHash: contentHashOf(root.fields, mail.parts),
    mimeMap: mimeMapOf(mail.parts),
  };
}

type Head = Pick<
  Letter,
  | 'messageId'
  | 'inReplyTo'
  | 'references'
  | 'date'
  | 'from'
  | 'sender'
  | 'replyTo'
  | 'to'
  | 'cc'
  | 'bcc'
  | 'returnPath'
  | 'deliveredTo'
  | 'subject'
  | 'subjectNormalised'
>;

function readHead({ fields }: Part, reading: Reading): Head {
  const people = (name: string): Address[] => readAddresses(allFields(fields, name), reading);
  const date = firstField(fields, 'date');
  const subject = tidyLine(decodeHeaderText(firstField(fields, 'subject') ?? '', reading));
  const returnPath = firstField(fields, 'return-path');
  const moment = date === null ? null : readDate(date);
  if (date !== null && date !== '' && moment === null) reading.problems.add('bad_date');
  return {
    messageId: readMessageId(firstField(fields, 'message-id')),
    inReplyTo: readIds(allFields(fields, 'in-reply-to')),
    references: readIds(allFields(fields, 'references')),
    date: moment?.toISOString() ?? null,
    from: people('from'),
    sender: people('sender')[0] ?? null,
    replyTo: people('reply-to'),
    to: people('to'),
    cc: people('cc'),
    bcc: people('bcc'),
    returnPath: returnPath === null ? null : (readAddresses([returnPath], reading)[0]?.address ?? ''),
    deliveredTo: ['delivered-to', 'x-original-to', 'envelope-to']
      .flatMap(people)
      .map(({ address }) => address),
    subject,
    subjectNormalised: normaliseSubject(subject),
  };
}

/** Header text is one line, whatever was encoded into it. */
function tidyLine(text: string): string {
  return text
    .replace(/[\r\n]+[ \t]*/g, ' ')
    .replace(/(?!\t)\p{Cc}/gu, '')
    .trim();
}

function cleanBody({ rawHtml }: Body, parts: Part[], reading: Reading): ReturnType<typeof cleanHtml> {
  if (rawHtml === null) return null;
  const cleaned = cleanHtml(rawHtml, contentIdFinder(parts));
  if (cleaned === null) reading.problems.add('html_over_budget');
  return cleaned;
}

function noteProblems(mail: WalkedMail, head: Head, { problems }: Reading): void {
  const missing: [boolean, Problem][] = [
    [mail.wireSize === 0, 'empty'],
    [head.messageId === null, 'no_message_id'],
    [firstField(mail.root.fields, 'date') === null, 'no_date'],
    [!head.from.some(({ address }) => address !== ''), 'no_from'],
    [head.from.length > 1, 'several_from'],
    [mail.parts.some((part) => part.facts?.unknownEncoding), 'bad_encoding'],
  ];
  for (const [is, problem] of missing) if (is) problems.add(problem);
}

function joined(segments: Segment[], kinds: SegmentKind[]): string {
  return segments
    .filter((segment) => kinds.includes(segment.kind))
    .map((segment) => segment.text)
    .join('');
}
