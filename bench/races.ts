/**
 * npm run races: fifty people answer one conversation at once, round after round, over the API of real
 * server processes; exactly one letter may reach the mail server, and the other texts must be kept.
 *
 *   --rounds N      100 unless told
 *   --processes N   1 or 2 server processes on one database; 1 unless told
 *   --people N      50 unless told
 *
 * DATABASE_URL names an empty database to use; without it the embedded one runs in a folder of its own.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createTransport } from 'nodemailer';
import { MAILBOX, openRaceHouse, type RaceHouse } from './races/house.ts';
import { ask, type Person, type RoundDone, runRound } from './races/run-round.ts';
import { openSink, type Sink } from './races/sink.ts';

const ARRIVES_WITHIN = 120_000;
/** A letter that left twice would come soon after the first. */
const LISTEN_ON = 5_000;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    processes: { type: 'string', default: '1' },
    people: { type: 'string', default: '50' },
  },
});
const [rounds, processes, people] = [values.rounds, values.processes, values.people].map(Number) as [
  number,
  number,
  number,
];

const sink = await openSink();
const house = await openRaceHouse({ processes, people, sinkPort: sink.port });
try {
  process.exitCode = (await race(house, sink)) ? 0 : 1;
} finally {
  await house.close();
  await sink.close();
}

async function race({ urls, tokens, smtpPort }: RaceHouse, letters: Sink): Promise<boolean> {
  const team = tokens.map(
    (token, at): Person => ({ token, url: urls[at % urls.length] ?? '', name: `係 ${at}` }),
  );
  const subjects = Array.from({ length: rounds }, (_, at) => `競争 ${at + 1}`);
  await writeLetters(smtpPort, subjects);
  const found = await until(`${rounds} letters to come in`, () =>
    conversationsOf(team[0] as Person, subjects),
  );

  const done: RoundDone[] = [];
  for (const { id, subject, answerRevision } of found) {
    done.push(await runRound({ people: team, conversationId: id, subject, revision: answerRevision }));
    console.log(`${done.length}/${rounds} ${done.at(-1)?.faults.join('; ') || 'ok'}`);
  }
  await until(`${rounds} answers to leave`, async () => (letters.total() >= rounds ? letters : null)).catch(
    () => null,
  );
  await sleep(LISTEN_ON);
  return report(done, subjects, letters);
}

function report(done: readonly RoundDone[], subjects: readonly string[], letters: Sink): boolean {
  const wrong = subjects.filter((subject) => letters.count(`Re: ${subject}`) !== 1);
  const faults = [
    ...done.flatMap((round) => round.faults),
    ...wrong.map(
      (subject) => `${subject}: ${letters.count(`Re: ${subject}`)} letters reached the mail server`,
    ),
  ];
  for (const fault of faults) console.error(fault);
  const kept = done.reduce((sum, { drafts }) => sum + drafts, 0);
  console.log(
    `${done.length} rounds, ${people} people, ${processes} processes: ` +
      `${letters.total()} letters left, ${kept} texts kept, ${faults.length} faults`,
  );
  return faults.length === 0 && done.length === rounds && letters.total() === rounds;
}

/** The customer's letters, over the house's own SMTP door. */
async function writeLetters(port: number, subjects: readonly string[]): Promise<void> {
  const transport = createTransport({
    host: '127.0.0.1',
    port,
    ignoreTLS: true,
    pool: true,
    maxConnections: 2,
  });
  for (const subject of subjects) {
    await transport.sendMail({
      from: 'mayumi@midori.example',
      to: MAILBOX,
      subject,
      text: 'お皿が欠けていました。',
    });
  }
  transport.close();
}

interface Found {
  id: string;
  subject: string;
  answerRevision: number;
}

/** Null until every letter has its conversation. */
async function conversationsOf(person: Person, subjects: readonly string[]): Promise<Found[] | null> {
  const found = new Map<string, Found>();
  for (let cursor = ''; ; ) {
    const { body } = await ask(
      person,
      'GET',
      `/conversations?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    for (const item of body.items) found.set(item.subject, item);
    if (body.next === null) break;
    cursor = body.next;
  }
  const all = subjects.flatMap((subject) => found.get(subject) ?? []);
  return all.length === subjects.length ? all : null;
}

async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + ARRIVES_WITHIN;
  while (Date.now() < end) {
    const seen = await look();
    if (seen !== null) return seen;
    await sleep(300);
  }
  throw new Error(`waited ${ARRIVES_WITHIN / 1000} s for ${what}`);
}
