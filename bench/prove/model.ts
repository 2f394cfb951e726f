/**
 * The law of one answer, as plain values: who may answer, which words are kept, what leaves. Nothing here knows
 * a database; `npm run prove` plays the same histories on this page and on the house, and compares.
 *
 * Three writers with two windows each look at one conversation. A window knows only what it was shown.
 */

export const WRITERS = [0, 1, 2] as const;
export type Writer = (typeof WRITERS)[number];
/** Windows 0 and 1 are of writer 0, 2 and 3 of writer 1, 4 and 5 of writer 2. */
export const WINDOWS = [0, 1, 2, 3, 4, 5] as const;
export type WindowNo = (typeof WINDOWS)[number];
/** Two server processes on one database, each a worker as well. */
export type ServerNo = 0 | 1;

export const writerOf = (window: WindowNo): Writer => Math.floor(window / 2) as Writer;

type Status = 'open' | 'in_progress' | 'done';

interface Hold {
  writer: Writer;
  window: WindowNo;
  /** Its lease is over: it counts for its holder's send, and for nobody else. */
  isOver: boolean;
  /** What taking it changed, so that giving up can put it back. */
  statusBefore: Status | null;
  setAssignee: boolean;
}

interface Draft {
  version: number;
  text: string;
}

export type LetterState =
  | 'queued'
  | 'sending'
  | 'accepted'
  | 'deferred'
  | 'refused'
  | 'unknown'
  | 'cancelled';

/** A letter in the outbox. */
interface Letter {
  writer: Writer;
  key: string;
  text: string;
  state: LetterState;
  /** Its next attempt may begin. */
  isDue: boolean;
  attempts: number;
  claimedBy: ServerNo | null;
  /** Copies that the far side took. */
  copies: number;
  /** Copies that it may have: the first, and one for each time that a person sent it again. */
  allowed: number;
}

interface Said {
  kind: 'in' | 'out' | 'note';
  by: Writer | null;
}

/** What a window knows: nothing newer than what it was last shown. */
interface Shown {
  revision: number;
  version: number;
  lastKey: string | null;
}

/** An attempt that a worker has in hand; `at` counts the letter's attempts. */
interface Claim {
  letter: number;
  at: number;
}

export interface Model {
  /** All that was said, in order: the answer's revision is its length. */
  said: Said[];
  status: Status;
  assignee: Writer | null;
  hold: Hold | null;
  drafts: [Draft | null, Draft | null, Draft | null];
  letters: Letter[];
  /** Every text that must be found: the house said it keeps it, and its writer has not typed over it since. */
  kept: string[];
  windows: Shown[];
  claims: [Claim | null, Claim | null];
}

/** A customer has written once, and nobody has looked. */
export const newModel = (): Model => ({
  said: [{ kind: 'in', by: null }],
  status: 'open',
  assignee: null,
  hold: null,
  drafts: [null, null, null],
  letters: [],
  kept: [],
  windows: WINDOWS.map(() => ({ revision: 0, version: 0, lastKey: null })),
  claims: [null, null],
});

/** What a mail server says to an attempt. */
export type Reply = 'accepted' | 'deferred' | 'refused' | 'unknown';
export type Decision = 'retry' | 'arrived' | 'give_up';

/** One thing that somebody does. `no` is unique in its history: it names texts and keys. */
export type Act = { no: number } & (
  | { do: 'write' }
  | { do: 'note'; writer: Writer }
  | { do: 'look'; window: WindowNo }
  | { do: 'take'; window: WindowNo; here: boolean }
  | { do: 'renew'; window: WindowNo }
  | { do: 'give_up'; writer: Writer }
  | { do: 'close'; window: WindowNo }
  | { do: 'save'; window: WindowNo }
  | { do: 'settle'; window: WindowNo }
  | { do: 'send'; window: WindowNo; again: boolean }
  | { do: 'let_lease_end' }
  | { do: 'let_retry_come' }
  | { do: 'sweep_holds' }
  | { do: 'claim'; worker: ServerNo; nth: number }
  | { do: 'reach'; worker: ServerNo; reply: Reply }
  | { do: 'die'; worker: ServerNo; reached: boolean }
  | { do: 'sweep_claims' }
  | { do: 'decide'; writer: Writer; nth: number; decision: Decision }
);

/** What the one who acted is told: `ok`, the version that was kept, or the code of a refusal with who stands against it. */
export type Told = string;

export const textOf = (act: Act): string => `words ${act.no}`;
/** The key of a send: the same again for a window that repeats itself. */
export const keyOf = (act: Act & { do: 'send' }, shown: Shown): string =>
  act.again && shown.lastKey !== null ? shown.lastKey : `submission-${act.no}`;
/** The letter that an act means: the nth, round and round. */
export const nthOf = (letters: number, nth: number): number | null => (letters === 0 ? null : nth % letters);

/** Does an act to the model and says what its actor is told. */
export function step(model: Model, act: Act): Told {
  switch (act.do) {
    case 'write':
      model.said.push({ kind: 'in', by: null });
      model.status = 'open';
      return 'ok';
    case 'note':
      model.said.push({ kind: 'note', by: act.writer });
      return 'ok';
    case 'look':
      return look(model, act.window);
    case 'take':
      return take(model, act.window, act.here);
    case 'renew':
      return renew(model, act.window);
    case 'give_up':
      return release(model, model.hold?.writer === act.writer);
    case 'close':
      return release(model, model.hold?.window === act.window);
    case 'save':
      return save(model, act.window, textOf(act));
    case 'settle':
      return settle(model, act.window, textOf(act));
    case 'send':
      return send(model, act);
    case 'let_lease_end':
      if (model.hold !== null) model.hold.isOver = true;
      return 'ok';
    case 'let_retry_come':
      for (const letter of model.letters) letter.isDue = true;
      return 'ok';
    case 'sweep_holds':
      if (model.hold?.isOver) model.hold = null;
      return 'ok';
    case 'claim':
      return claim(model, act.worker, act.nth);
    case 'reach':
      return reach(model, act.worker, act.reply);
    case 'die':
      return die(model, act.worker, act.reached);
    case 'sweep_claims':
      for (const letter of model.letters) if (letter.state === 'sending') letter.state = 'unknown';
      return 'ok';
    case 'decide':
      return decide(model, act);
  }
}

function look(model: Model, window: WindowNo): Told {
  const shown = shownTo(model, window);
  shown.revision = model.said.length;
  shown.version = model.drafts[writerOf(window)]?.version ?? 0;
  return 'ok';
}

function take(model: Model, window: WindowNo, here: boolean): Told {
  const { hold } = model;
  const writer = writerOf(window);
  if (hold?.window === window) return renew(model, window);
  if (hold !== null && !hold.isOver) {
    if (hold.writer !== writer) return `held_by_other ${hold.writer}`;
    if (!here) return 'held_elsewhere_by_you';
  }
  if (hold?.writer === writer) {
    model.hold = { ...hold, window, isOver: false };
    return 'ok';
  }
  model.hold = {
    writer,
    window,
    isOver: false,
    statusBefore: model.status === 'in_progress' ? null : model.status,
    setAssignee: model.assignee === null,
  };
  model.status = 'in_progress';
  model.assignee ??= writer;
  return 'ok';
}

function renew({ hold }: Model, window: WindowNo): Told {
  if (hold?.window !== window) return `hold_needed ${hold?.writer ?? 'nobody'}`;
  hold.isOver = false;
  return 'ok';
}

/** Puts status and assignee back, unless somebody changed them since. */
function release(model: Model, isTheirs: boolean): Told {
  const { hold } = model;
  if (hold === null || !isTheirs) return 'ok';
  if (hold.statusBefore !== null && model.status === 'in_progress') model.status = hold.statusBefore;
  if (hold.setAssignee && model.assignee === hold.writer) model.assignee = null;
  model.hold = null;
  return 'ok';
}

/** The same words again are the repetition of a save whose answer was lost. Words need no hold; those of another window of the same writer are never written over unseen. */
function save(model: Model, window: WindowNo, text: string): Told {
  const writer = writerOf(window);
  const { version } = shownTo(model, window);
  const draft = model.drafts[writer];
  if (draft === null && version !== 0) return 'draft_not_found';
  if (draft?.text === text) return `kept ${draft.version}`;
  if (draft !== null && draft.version !== version) return 'draft_changed';
  model.drafts[writer] = { version: version + 1, text };
  model.kept = [...model.kept.filter((one) => one !== draft?.text), text];
  return `kept ${version + 1}`;
}

/** Told of the words of the other window, he looks at them and chooses his own: both are kept. */
function settle(model: Model, window: WindowNo, text: string): Told {
  const draft = model.drafts[writerOf(window)];
  if (draft === null) return 'draft_not_found';
  if (draft.text === text) return `kept ${draft.version}`;
  model.drafts[writerOf(window)] = { version: draft.version + 1, text };
  model.kept.push(text);
  return `kept ${draft.version + 1}`;
}

/** The one who decides: what was said unseen, then the hold, then the words that the window shows. */
function send(model: Model, act: Act & { do: 'send' }): Told {
  const writer = writerOf(act.window);
  const shown = shownTo(model, act.window);
  const key = keyOf(act, shown);
  if (model.letters.some((letter) => letter.writer === writer && letter.key === key)) return `sent ${key}`;
  const isNews = ({ kind, by }: Said) => kind !== 'note' || by !== writer;
  if (model.said.slice(shown.revision).some(isNews)) return 'changed_since';
  if (model.hold?.writer !== writer) return `hold_needed ${model.hold?.writer ?? 'nobody'}`;
  const draft = model.drafts[writer];
  if (draft === null) return 'draft_not_found';
  if (draft.version !== shown.version) return 'draft_changed';
  model.said.push({ kind: 'out', by: writer });
  model.letters.push({
    ...{ writer, key, text: draft.text, state: 'queued', isDue: true },
    ...{ attempts: 0, claimedBy: null, copies: 0, allowed: 1 },
  });
  model.drafts[writer] = null;
  model.hold = null;
  model.status = 'done';
  return `sent ${key}`;
}

function claim(model: Model, worker: ServerNo, nth: number): Told {
  const at = nthOf(model.letters.length, nth);
  const letter = at === null ? undefined : model.letters[at];
  const waits = letter?.state === 'queued' || (letter?.state === 'deferred' && letter.isDue);
  if (at === null || letter === undefined || !waits || model.claims[worker] !== null) return 'nothing';
  letter.state = 'sending';
  letter.attempts += 1;
  letter.claimedBy = worker;
  model.claims[worker] = { letter: at, at: letter.attempts };
  return 'claimed';
}

/** The attempt ends, and its worker writes down how, unless somebody has decided otherwise meanwhile. */
function reach(model: Model, worker: ServerNo, reply: Reply): Told {
  const inHand = model.claims[worker];
  if (inHand === null) return 'nothing';
  model.claims[worker] = null;
  const letter = letterAt(model, inHand.letter);
  if (reply === 'accepted') letter.copies += 1;
  if (letter.attempts !== inHand.at || letter.claimedBy !== worker) return 'ended';
  letter.state = reply;
  letter.claimedBy = null;
  letter.isDue = false;
  if (reply === 'refused') reopen(model, letter.writer);
  return 'ended';
}

/** Killed: before the far side had the letter, or after, when nobody was told. */
function die(model: Model, worker: ServerNo, reached: boolean): Told {
  const inHand = model.claims[worker];
  if (inHand === null) return 'nothing';
  model.claims[worker] = null;
  if (reached) letterAt(model, inHand.letter).copies += 1;
  return 'dead';
}

const POSSIBLE: Record<Decision, readonly LetterState[]> = {
  retry: ['refused', 'unknown', 'deferred'],
  arrived: ['unknown'],
  give_up: ['queued', 'refused', 'unknown', 'deferred'],
};

/** A person's word about a letter that did not simply arrive; only his word sends one again. */
function decide(model: Model, { nth, decision }: Act & { do: 'decide' }): Told {
  const at = nthOf(model.letters.length, nth);
  if (at === null) return 'nothing';
  const letter = letterAt(model, at);
  if (!POSSIBLE[decision].includes(letter.state)) return 'decision_not_possible';
  const before = letter.state;
  letter.claimedBy = null;
  if (decision === 'retry') {
    letter.state = 'queued';
    letter.isDue = true;
    letter.allowed += 1;
  } else letter.state = decision === 'arrived' ? 'accepted' : 'cancelled';
  if (decision === 'give_up' && before !== 'refused') reopen(model, letter.writer);
  return 'ok';
}

/** The customer has no answer: it is our turn again, and its author's unless somebody has it. */
function reopen(model: Model, author: Writer): void {
  if (model.status === 'done') model.status = 'open';
  model.assignee ??= author;
}

const shownTo = (model: Model, window: WindowNo): Shown => model.windows[window] as Shown;
const letterAt = (model: Model, at: number): Letter => model.letters[at] as Letter;

/** What the window learns from its own act: its key when it sends, the rest when the answer reaches it. */
export function learn(model: Model, act: Act, told: Told | 'lost'): void {
  const [answer, version] = told.split(' ');
  if ((act.do === 'save' || act.do === 'settle') && answer === 'kept') {
    shownTo(model, act.window).version = Number(version);
  }
  if (act.do !== 'send') return;
  const shown = shownTo(model, act.window);
  shown.lastKey = keyOf(act, shown);
  if (told.startsWith('sent')) shown.version = 0;
}
