import { RawMessageId, WorkspaceId } from '@madoguchi/contract';
import { Type } from 'typebox';
import { houseActor } from '../accounts/index.ts';
import {
  countRawAttempt,
  listWaitingRaw,
  type RawMessage,
  type RawMessageRef,
  readRawMessage,
} from '../channels/index.ts';
import { addJob, addMissingJobs, type Db, defineJob, defineSweep, log, type Tx } from '../platform/index.ts';
import { isLettersFault, StoppedReading } from './errors.ts';
import { type ReadNeeds, readHead, readRaw } from './read-raw.ts';
import { nothingRead, type Reading, type Unreadable } from './reading.ts';
import { takeIn } from './take-in.ts';

/** A reader that died may have been killed with others; a letter that kills three has earned its mark. */
const MOST_FAILURES = 3;
const MINUTE = 60_000;
const LOST_AFTER = MINUTE;
const LOOK_AT_ONCE = 1000;

const TakeInPayload = Type.Object({ workspaceId: WorkspaceId, rawMessageId: RawMessageId });

/** Takes one letter in. Safe to run twice: a settled raw message is left alone. */
export const takeInJob = defineJob<typeof TakeInPayload, Omit<ReadNeeds, 'db'>>({
  name: 'intake.take_in',
  payload: TakeInPayload,
  async run(needs, { workspaceId, rawMessageId }) {
    const raw = await needs.db.transaction((tx) => readRawMessage(tx, workspaceId, rawMessageId));
    if (raw === null || raw.state !== 'waiting') return;

    try {
      const reading = await readOrGiveUp(needs, raw);
      await needs.db.transaction((tx) => takeIn(tx, houseActor(workspaceId), { raw, reading }));
    } catch (error) {
      if (!isLettersFault(error) || !(await hasFailedEnough(needs.db, raw))) throw error;
      log.error(
        { rawMessageId, error: String(error) },
        'a letter cannot be taken in, it is shown as unreadable',
      );
      const reading = nothingRead(raw, 'failed');
      await needs.db.transaction((tx) => takeIn(tx, houseActor(workspaceId), { raw, reading }));
    }
  },
});

/** @throws Error when another attempt may read it */
async function readOrGiveUp(needs: ReadNeeds, raw: RawMessage): Promise<Reading> {
  const read = await readRaw(needs, raw);
  if (read.ok) return read.reading;
  const { problem } = read;
  if (problem === 'closed') throw new StoppedReading();
  if (problem === 'crash' && !(await hasFailedEnough(needs.db, raw))) throw new StoppedReading();
  return readHead(needs, raw, problem satisfies Unreadable);
}

async function hasFailedEnough(db: Db, raw: RawMessage): Promise<boolean> {
  return (await db.transaction((tx) => countRawAttempt(tx, raw))) >= MOST_FAILURES;
}

/** Hands a kept raw message to intake, in the transaction that kept it. main.ts gives it to channels. */
export async function queueTakeIn(tx: Tx, raw: RawMessageRef): Promise<void> {
  const { payload, jobKey } = reminderOf(raw);
  await addJob(tx, takeInJob, payload, { jobKey });
}

const reminderOf = ({ workspaceId, rawMessageId }: RawMessageRef) => ({
  payload: { workspaceId, rawMessageId },
  jobKey: `intake.take_in ${rawMessageId}`,
});

/** House sweep: a raw message that waits longer than a minute gets its reminder again. */
const remindWaiting = defineSweep<{ db: Db }>({
  name: 'intake.remind_waiting',
  everyMs: MINUTE,
  async run({ db }) {
    await db.transaction(async (tx) => {
      const waiting = await listWaitingRaw(tx, LOST_AFTER, LOOK_AT_ONCE);
      await addMissingJobs(tx, takeInJob, waiting.map(reminderOf));
    });
  },
});

export const intakeJobs = [takeInJob];
export const intakeSweeps = [remindWaiting];
