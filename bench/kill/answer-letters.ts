import { setTimeout as sleep } from 'node:timers/promises';
import { allPages } from '../house/all-pages.ts';
import type { Answer, House } from '../house/start-house.ts';

const AGAIN_AFTER = 300;
const LOOK_AGAIN = 1_000;
const PEOPLE = 3;

/** A program that answers letters over the API and asks again until it is told what became of its call. */
export interface Repliers {
  /** Waits until every reply was taken. */
  done(): Promise<void>;
  taken(): number;
  /** Calls that got no answer, or that the server could not answer. */
  repeats(): number;
  /** What no program should be told, as sentences. */
  faults: string[];
}

interface Conversation {
  id: string;
  subject: string;
}

export function openRepliers(house: House, subjects: ReadonlySet<string>): Repliers {
  const begun = new Set<string>();
  const queue: Conversation[] = [];
  const faults: string[] = [];
  let taken = 0;
  let repeats = 0;

  async function insist(method: string, path: string, body?: object): Promise<Answer> {
    for (;;) {
      const answer = await house.ask(method, path, body).catch(() => null);
      if (answer !== null && answer.status < 500) return answer;
      repeats += 1;
      await sleep(AGAIN_AFTER);
    }
  }
  async function find(): Promise<void> {
    while (begun.size < subjects.size) {
      const seen: Conversation[] = await allPages(house, '/conversations?sort=newest').catch(() => []);
      for (const conversation of seen) {
        if (!subjects.has(conversation.subject) || begun.has(conversation.subject)) continue;
        begun.add(conversation.subject);
        queue.push(conversation);
      }
      await sleep(LOOK_AGAIN);
    }
  }
  async function replyAll(): Promise<void> {
    while (begun.size < subjects.size || queue.length > 0) {
      const conversation = queue.shift();
      if (conversation === undefined) await sleep(AGAIN_AFTER);
      else {
        await reply(insist, conversation).catch((error: Error) => faults.push(error.message));
        taken += 1;
      }
    }
  }
  const all = Promise.all([find(), ...Array.from({ length: PEOPLE }, replyAll)]);
  return { done: () => all.then(() => undefined), taken: () => taken, repeats: () => repeats, faults };
}

type Insist = (method: string, path: string, body?: object) => Promise<Answer>;

/** Takes the hold, writes, sends; from the hold on again when it was lost in between. */
async function reply(insist: Insist, { id, subject }: Conversation): Promise<void> {
  const at = `/conversations/${id}`;
  const must = async (method: string, path: string, body?: object) => {
    const answer = await insist(method, path, body);
    if (answer.status === 200) return answer.body;
    throw new Error(
      `${subject}: ${method} ${path} was answered ${answer.status} ${JSON.stringify(answer.body)}`,
    );
  };
  for (;;) {
    await must('PUT', `${at}/hold`, {});
    const { answerRevision: seenRevision } = await must('GET', at);
    const words = await must('GET', `${at}/proposal?kind=reply`);
    const { items } = await must('GET', `${at}/drafts`);
    const draft = { kind: 'reply', ...words, text: `${subject} へのお返事です。`, seenRevision };
    // Kept by a call whose answer was lost.
    const version = items[0]?.version ?? 0;
    const saved = await insist('PUT', `${at}/draft`, { ...draft, version });
    if (saved.status === 409 && saved.body.code === 'compose.draft_changed') continue;
    if (saved.status !== 200) throw new Error(`${subject}: the draft was answered ${saved.status}`);
    const submissionKey = `reply to ${id}`;
    const sent = await insist('POST', `${at}/send`, { kind: 'reply', seenRevision, submissionKey });
    if (sent.status === 200) return;
    if (sent.body.code !== 'compose.hold_needed') {
      throw new Error(`${subject}: send was answered ${sent.status} ${JSON.stringify(sent.body)}`);
    }
  }
}
