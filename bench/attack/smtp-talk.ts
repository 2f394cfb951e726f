import type { Ground } from './ground.ts';
import { expectHonest } from './probe.ts';
import { openLine, type SmtpLine } from './smtp-line.ts';

export const SENDER = 'mayumi@midori.example';

/** Works on one line and shuts it, whatever happened. */
export async function withLine<T>(
  { house }: Pick<Ground, 'house'>,
  from: string,
  work: (line: SmtpLine) => Promise<T>,
  port = house.smtpPort,
): Promise<T> {
  const line = await openLine({ port, from });
  try {
    return await work(line);
  } finally {
    line.end();
  }
}

/** EHLO and MAIL FROM. */
export async function begin(line: SmtpLine, sender = SENDER): Promise<void> {
  await line.say('EHLO midori.example\r\n');
  const answer = await line.say(`MAIL FROM:<${sender}>\r\n`);
  expectHonest(answer.startsWith('250'), answer);
}

/** How many letters the house keeps; a refused one is not among them. */
export async function countKept({ house }: Ground): Promise<number> {
  const [row] = await house.rows<{ n: number }>('select count(*)::int as n from raw_message');
  return row?.n ?? 0;
}

/** Answers in one line, each cut. */
export const oneOf = (answers: readonly string[]) => answers.map((answer) => answer.slice(0, 40)).join(', ');
