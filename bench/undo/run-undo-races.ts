import { setTimeout as sleep } from 'node:timers/promises';
import { undoSend } from '../../server/src/compose/send/undo-send.ts';
import { outboxJobs } from '../../server/src/outbox/index.ts';
import type { Db, Files } from '../../server/src/platform/index.ts';
import { aDesk, send, write } from '../../server/src/testing/a-desk.ts';

/** What the world outside has seen. */
export interface Outside {
  send: Parameters<(typeof outboxJobs)[number]['run']>[0]['channels']['send'];
  /** How many letters with this Message-ID have arrived. */
  count(messageId: string): number;
}

interface Given {
  db: Db;
  files: Files;
  outside: Outside;
  rounds: number;
  atOnce: number;
}

export interface RaceCount {
  sent: number;
  undone: number;
  /** What is neither, in words; empty is what is to be proved. */
  half: string[];
}

/** Milliseconds. */
const DELAY = 200;
const BEFORE = 50;
const AFTER = 50;

/**
 * Sends letters that wait for 200 ms, and takes each back between 50 ms before that moment and 50 ms after it,
 * spread evenly, while a worker delivers it at that moment: each is sent, or it was never there.
 */
export async function runUndoRaces({ rounds, atOnce, ...given }: Given): Promise<RaceCount> {
  const found: RaceCount = { sent: 0, undone: 0, half: [] };
  for (let begun = 0; begun < rounds; begun += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, rounds - begun) }, (_, at) => at / atOnce);
    // What is there before is made one after the other: only the race itself is at once.
    const letters = [];
    for (const share of batch) letters.push({ ...(await prepare(given)), share });
    const outcomes = await Promise.all(letters.map((letter) => race(given, letter)));
    for (const outcome of outcomes) {
      if (outcome === 'sent' || outcome === 'undone') found[outcome] += 1;
      else found.half.push(outcome);
    }
  }
  return found;
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

function prepare({ db }: Pick<Given, 'db'>) {
  return db.transaction(async (tx) => {
    const desk = await aDesk(tx);
    const draft = await write(tx, desk.tanaka, desk);
    return { desk, draft };
  });
}

async function race(given: Pick<Given, 'db' | 'files' | 'outside'>, letter: Prepared & { share: number }) {
  const { db, files, outside } = given;
  const { desk, draft, share } = letter;
  const sent = await db.transaction(async (tx) => {
    const { outgoing } = await send(tx, desk.tanaka, { before: desk.before, files, afterSend: 'done' });
    const { rows } = await db.pool.query<{ now: Date }>('select clock_timestamp() as now');
    const leaveAt = new Date((rows[0]?.now ?? new Date()).getTime() + DELAY);
    await tx
      .updateTable('outgoing')
      .set({ leave_at: leaveAt })
      .where('workspace_id', '=', desk.workspaceId)
      .where('id', '=', outgoing.id)
      .execute();
    return { ...outgoing, leaveAt };
  });
  const payload = { workspaceId: desk.workspaceId, outgoingId: sent.id };
  const ahead = () => Math.max(0, sent.leaveAt.getTime() - Date.now());

  const deliver = async () => {
    await sleep(ahead());
    for (let state = 'queued'; state === 'queued'; state = await stateOf(db, sent.id)) {
      for (const job of outboxJobs) await job.run({ db, files, channels: outside, leaseId: 'race' }, payload);
    }
  };
  const undo = async () => {
    await sleep(Math.max(0, ahead() - BEFORE + share * (BEFORE + AFTER)));
    return db
      .transaction((tx) => undoSend(tx, desk.tanaka, { outgoingId: sent.id, clientId: 'a' }))
      .then(() => true, refusedAsTooLate);
  };
  const [, undone] = await Promise.all([deliver(), undo()]);
  return judge(await standing(db, { outgoingId: sent.id, draftId: draft.id }), undone, outside);
}

function refusedAsTooLate(error: unknown): false {
  if (error instanceof Error && 'code' in error && error.code === 'outbox.too_late') return false;
  throw error;
}

async function stateOf(db: Db, outgoingId: string): Promise<string> {
  const { rows } = await db.pool.query('select state from outgoing where id = $1', [outgoingId]);
  return rows[0].state;
}

interface Standing {
  state: string;
  messageId: string;
  unsaid: string | null;
  draftIsOpen: boolean;
  status: string;
}

async function standing(db: Db, { outgoingId, draftId }: { outgoingId: string; draftId: string }) {
  const { rows } = await db.pool.query<Standing>(
    `select outgoing.state, outgoing.message_id as "messageId", message.unsaid,
       (select closed_at is null from draft where id = $2) as "draftIsOpen", status.kind as status
     from outgoing join message on message.id = outgoing.message_row_id
       join conversation on conversation.id = outgoing.conversation_id
       join status on status.id = conversation.status_id where outgoing.id = $1`,
    [outgoingId, draftId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`letter ${outgoingId} is gone`);
  return row;
}

function judge(found: Standing, undone: boolean, outside: Outside): 'sent' | 'undone' | string {
  const { state, unsaid, draftIsOpen, status, messageId } = found;
  const arrived = outside.count(messageId);
  const said = { state, unsaid, draftIsOpen, status, arrived, undone };
  const wanted = undone
    ? { state: 'cancelled', unsaid: 'undone', draftIsOpen: true, status: 'in_progress', arrived: 0, undone }
    : { state: 'accepted', unsaid: null, draftIsOpen: false, status: 'done', arrived: 1, undone };
  if (JSON.stringify(said) !== JSON.stringify(wanted)) return JSON.stringify(said);
  return undone ? 'undone' : 'sent';
}
