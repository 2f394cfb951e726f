import { setTimeout as sleep } from 'node:timers/promises';

const WITHIN = 100;

/** One of us at an own window: the process that serves him, and his token. */
export interface Person {
  url: string;
  token: string;
  name: string;
}

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a program reads whatever the server answered.
  body: any;
}

export async function ask(
  { url, token }: Person,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

/** What one round did; every fault is a sentence. */
export interface RoundDone {
  faults: string[];
  letters: number;
  drafts: number;
}

interface Round {
  people: readonly Person[];
  conversationId: string;
  subject: string;
  revision: number;
}

/**
 * All press 返信 within 100 ms, all write, all send; then those that were left behind try it once more with
 * the old picture. Exactly one answer may have left, and everybody else's words must be kept.
 */
export async function runRound({ people, conversationId, subject, revision }: Round): Promise<RoundDone> {
  const at = `/conversations/${conversationId}`;
  const faults: string[] = [];
  const expectIt = (isSo: boolean, fault: string) => void (isSo || faults.push(`${subject}: ${fault}`));
  const all = (call: (person: Person) => Promise<Answer>) =>
    Promise.all(people.map((person) => sleep(Math.random() * WITHIN).then(() => call(person))));

  const holds = await all((person) => ask(person, 'PUT', `${at}/hold`, {}));
  const holders = people.filter((_, index) => holds[index]?.status === 200);
  const refused = holds.filter(({ status }) => status !== 200);
  expectIt(holders.length === 1, `${holders.length} people have the hold`);
  expectIt(refused.every(isHeldByOther), 'somebody was refused without being told who answers');

  const saves = await all((person) => ask(person, 'PUT', `${at}/draft`, draftOf(person, subject, revision)));
  expectIt(
    saves.every(({ status }) => status === 200),
    'a draft was not kept',
  );

  const send = (person: Person, key: string) =>
    ask(person, 'POST', `${at}/send`, {
      kind: 'reply',
      seenRevision: revision,
      submissionKey: `${key}-${conversationId}`,
    });
  const sends = await all((person) => send(person, 'first-try'));
  const sent = people.filter((_, index) => sends[index]?.status === 200);
  expectIt(sent.length === 1 && sent[0] === holders[0], `${sent.length} sends were taken`);
  expectIt(
    sends.every(({ status }) => status === 200 || status === 409),
    'a send ended in something else',
  );

  const others = people.filter((person) => person !== sent[0]);
  await Promise.all(others.map((person) => ask(person, 'PUT', `${at}/hold`, {})));
  const again = await Promise.all(others.map((person) => send(person, 'again-try')));
  expectIt(
    again.every(({ status, body }) => status === 409 && body.code === 'compose.changed_since'),
    'a late send was taken',
  );
  await Promise.all(others.map((person) => ask(person, 'DELETE', `${at}/hold`)));

  const kept = await ask(people[0] as Person, 'GET', `${at}/drafts`);
  const texts = new Set((kept.body.items ?? []).map(({ text }: { text: string }) => text));
  expectIt(
    others.every((person) => texts.has(wordsOf(person, subject))),
    'words were lost',
  );
  expectIt(texts.size === others.length, `${texts.size} drafts are kept`);
  return { faults, letters: sent.length, drafts: texts.size };
}

const isHeldByOther = ({ status, body }: Answer) =>
  status === 409 && body.code === 'compose.held_by_other' && typeof body.facts.memberName === 'string';

const wordsOf = ({ name }: Person, subject: string) => `${name}の返信: ${subject}`;

const draftOf = (person: Person, subject: string, seenRevision: number) => ({
  kind: 'reply',
  messageId: null,
  to: [{ name: '', address: 'mayumi@midori.example' }],
  cc: [],
  bcc: [],
  subject: `Re: ${subject}`,
  text: wordsOf(person, subject),
  quote: '',
  signature: '',
  uploadIds: [],
  version: 0,
  seenRevision,
});
