/** `madoguchi inspect FILE...`: what intake makes of a mail, without a database. */
import type { Attachment, Letter } from '../intake/parse/letter.ts';
import { openParsePool, type ParseOutcome, type ParsePool } from '../intake/parse/pool.ts';

/** What is printed of a letter; the names are a promise to programs that read them. */
function lineOf(file: string, letter: Letter): Record<string, unknown> {
  return {
    file,
    messageId: letter.messageId,
    inReplyTo: letter.inReplyTo[0] ?? null,
    references: letter.references,
    date: letter.date,
    from: letter.from,
    sender: letter.sender,
    replyTo: letter.replyTo,
    to: letter.to,
    cc: letter.cc,
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    newText: letter.newText,
    quotedText: letter.quotedText,
    attachments: letter.attachments.map(attachmentLine),
    kind: letter.kind,
    bounce: bounceLine(letter),
    charsets: letter.charsets,
    problems: letter.problems,
  };
}

function attachmentLine({
  name,
  type,
  size,
  sha256,
  contentId,
  inline,
}: Attachment): Record<string, unknown> {
  return { name, type, size, sha256, contentId, inline };
}

function bounceLine({ bounce }: Letter): Record<string, unknown> | null {
  if (bounce === null) return null;
  const recipients = bounce.recipients.map(({ address, action, status, reason, hard }) => ({
    address,
    action,
    status,
    reason,
    hard,
  }));
  return { originalMessageId: bounce.originalMessageId, recipients };
}

/**
 * Prints one JSON line a file, in the order of the files; one that cannot be read has `file` and `error`,
 * the others are printed all the same, and the exit code is 1.
 */
export async function inspect(files: string[]): Promise<void> {
  const pool = openParsePool();
  try {
    await printAll(pool, files);
  } finally {
    await pool.close();
  }
}

/** How many letters are in work: enough to keep the children busy, few enough to hold in memory. */
const AHEAD = 8;

async function printAll(pool: ParsePool, files: string[]): Promise<void> {
  const underway: Promise<ParseOutcome>[] = [];
  for (const [index, file] of files.entries()) {
    for (const next of files.slice(underway.length, index + AHEAD)) underway.push(pool.parse(next, null));
    const outcome = await underway[index];
    if (outcome === undefined) continue;
    if (!outcome.ok) process.exitCode = 1;
    const line = outcome.ok ? lineOf(file, outcome.letter) : { file, error: outcome.words };
    await print(`${JSON.stringify(line)}\n`);
  }
}

/** Waits until the line is taken: a pipe that is read slowly must not fill our memory. */
function print(line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(line, (error) => (error ? reject(error) : resolve()));
  });
}
