import { EventId, type HouseLetterKind, MemberId, WorkspaceId } from '@madoguchi/contract';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { DeliverNeeds } from '../outbox/index.ts';
import { nextAttempt, sendHouseLetter } from '../outbox/index.ts';
import {
  addJob,
  type Config,
  databaseNow,
  defineJob,
  defineReader,
  defineSweep,
  type FeedEvent,
  log,
  type Tx,
} from '../platform/index.ts';
import {
  type ClaimedLetter,
  claimLetter,
  insertLetter,
  type LetterRef,
  type LetterState,
  markUnknown,
  settleLetter,
} from './store.ts';
import { listOverdue } from './sweep/store.ts';
import { writeLetter } from './write-letter.ts';

/** What a letter of the house needs to leave. */
export interface NotifyNeeds extends Pick<DeliverNeeds, 'channels'> {
  config: Pick<Config, 'systemSmtp' | 'url'>;
}

type SendOutcome = Awaited<ReturnType<typeof sendHouseLetter>>;

const Payload = Type.Object({ workspaceId: WorkspaceId, eventId: EventId });

/** Sends one letter of the house. Safe to run twice: it is claimed once, and a claim that died is not repeated. */
export const sendLetter = defineJob<typeof Payload, NotifyNeeds>({
  name: 'notify.send_letter',
  payload: Payload,
  async run({ db, channels, config }, ref) {
    const claim = await db.transaction(async (tx) => {
      const letter = await claimLetter(tx, ref);
      if (letter === null) await markUnknown(tx, ref);
      return letter && { letter, words: await writeLetter(tx, letter, config) };
    });
    if (claim === null || claim.words === null) return;

    const outcome = await sendHouseLetter({ channels, config }, claim.words);

    await db.transaction((tx) => settle(tx, claim.letter, outcome));
  },
});

async function settle(tx: Tx, letter: ClaimedLetter, outcome: SendOutcome): Promise<void> {
  const { kind, reply } = outcome;
  const next = kind === 'deferred' ? await nextTry(tx, letter) : null;
  await settleLetter(tx, letter, { state: stateAfter(kind, next), reply, next });
  if (next !== null) await remind(tx, letter, next);
  else if (kind !== 'accepted')
    log.warn({ eventId: letter.eventId, outcome: kind }, 'a letter of the house did not arrive');
}

const nextTry = async (tx: Tx, { attempts, firstAttemptAt }: ClaimedLetter): Promise<Date | null> =>
  nextAttempt(attempts, firstAttemptAt, await databaseNow(tx));

function stateAfter(kind: SendOutcome['kind'], next: Date | null): LetterState {
  switch (kind) {
    case 'accepted':
    case 'refused':
    case 'unknown':
      return kind;
    case 'deferred':
      return next === null ? 'refused' : 'waiting';
    case 'no_way':
      return 'refused';
  }
}

async function remind(tx: Tx, { workspaceId, eventId }: LetterRef, runAt?: Date): Promise<void> {
  const jobKey = `notify.send_letter:${eventId}`;
  await addJob(tx, sendLetter, { workspaceId, eventId }, { jobKey, ...(runAt && { runAt }) });
}

/** Whoever asks for an invitation, or signs in from somewhere new: a letter for each event, where the house can send. */
export const writeLetters = defineReader<Pick<NotifyNeeds, 'config'>>({
  name: 'notify.write_letters',
  kinds: ['invitation_wanted', 'sign_in_unusual'],
  async run(tx, { config }, events) {
    if (config.systemSmtp === null) return;
    for (const event of events) await keepLetter(tx, event);
  },
});

async function keepLetter(tx: Tx, { workspaceId, id: eventId, ...event }: FeedEvent): Promise<void> {
  const memberId: unknown = event.facts.memberId;
  if (!isMemberId(memberId)) return;
  const letter = { workspaceId, eventId, memberId, ...contentOf(event) };
  if (await insertLetter(tx, letter)) await remind(tx, letter);
}

function contentOf({ kind, facts, createdAt }: Pick<FeedEvent, 'kind' | 'facts' | 'createdAt'>): {
  kind: HouseLetterKind;
  facts: FeedEvent['facts'];
} {
  if (kind === 'sign_in_unusual') {
    const { address = '', device = '' } = facts;
    return { kind: 'unusual_sign_in', facts: { at: createdAt.toISOString(), address, device } };
  }
  return { kind: facts.purpose === 'reset' ? 'reset' : 'invitation', facts: {} };
}

const isMemberId = (value: unknown): value is MemberId => Value.Check(MemberId, value);

/** The row is the truth: one that waits without a job gets a new one. */
export const remindOverdue = defineSweep({
  name: 'notify.remind_overdue',
  everyMs: 60_000,
  async run({ db }) {
    await db.transaction(async (tx) => {
      for (const letter of await listOverdue(tx)) await remind(tx, letter);
    });
  },
});

export const notifyJobs = [sendLetter];
export const notifySweeps = [remindOverdue];
export const notifyReaders = [writeLetters];
