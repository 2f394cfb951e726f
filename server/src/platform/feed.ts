import type {
  ConversationId,
  EventId,
  EventKind,
  MailboxId,
  MemberId,
  WorkspaceId,
} from '@madoguchi/contract';
import type pg from 'pg';
import type { Db, Tx } from './db.ts';
import { keepRunning, pause } from './keep-running.ts';
import { log } from './log.ts';
import type { Json } from './tables.gen.ts';

const NUMBER_AT_ONCE = 500;
const READ_AT_ONCE = 200;
/** A stream that missed more than this fetches everything anew. */
const TAIL_LIMIT = 1000;
const BUSY_WAIT = 20;
const IDLE_WAIT = 80;
const POLL = 1000;
const RETRY = 2000;
const FEED_LOCK = 7_304_001;
const WAKE = 'madoguchi_feed';

export interface FeedEvent {
  position: number;
  workspaceId: WorkspaceId;
  id: EventId;
  kind: EventKind;
  conversationId: ConversationId | null;
  mailboxId: MailboxId | null;
  revision: number | null;
  memberId: MemberId | null;
  facts: Record<string, Json>;
  causeId: EventId | null;
  silent: boolean;
  createdAt: Date;
}

const COLUMNS = `position, workspace_id as "workspaceId", id, kind, conversation_id as "conversationId",
  mailbox_id as "mailboxId", revision, member_id as "memberId", facts, cause_id as "causeId", silent,
  created_at as "createdAt"`;

/** Someone downstream: his cursor moves in the transaction that writes his own rows. */
export interface Reader<Needs = unknown> {
  name: string;
  kinds: readonly EventKind[] | 'all';
  /**
   * `more`: it has done as much of these events as fits into one transaction. That is kept, the cursor stays
   * before them, and they come again at once (also after a crash): what is done must count as done by its rows.
   */
  run(tx: Tx, needs: Needs, events: FeedEvent[]): Promise<'more' | undefined>;
}

export function defineReader<Needs>(reader: Reader<Needs>): Reader<Needs> {
  return reader;
}

/**
 * Numbers committed events, in whichever process holds the lock. Positions are in commit order, so a
 * reader's cursor is one number; a sequence would be taken before the commit and lose rows.
 */
export function startNumbering(url: string): () => Promise<void> {
  return keepRunning('feed numbering', url, async (client, stopped) => {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
      FEED_LOCK,
    ]);
    if (rows[0]?.got !== true) return await pause(POLL);
    while (!stopped()) {
      const n = await numberSome(client);
      await pause(n > 0 ? BUSY_WAIT : IDLE_WAIT);
    }
  });
}

async function numberSome(client: pg.Client): Promise<number> {
  const { rowCount } = await client.query('select from event where position is null limit 1');
  if (rowCount === 0) return 0;
  await client.query('begin');
  const numbered = await client.query(
    `with fresh as (
       select workspace_id, id, row_number() over (order by created_at, id) as n
         from (select workspace_id, id, created_at from event where position is null order by created_at, id limit $1) as batch
     ), counter as (
       update feed_counter set position = position + (select count(*) from fresh) returning position
     )
     update event set position = counter.position - (select count(*) from fresh) + fresh.n
       from fresh, counter where event.workspace_id = fresh.workspace_id and event.id = fresh.id`,
    [NUMBER_AT_ONCE],
  );
  await client.query(`notify ${WAKE}`);
  await client.query('commit');
  return numbered.rowCount ?? 0;
}

/** Runs each reader whenever the feed moved, and once a second even when no wake-up came. */
export function startReaders<Needs>(db: Db, needs: Needs, readers: Reader<Needs>[]): () => Promise<void> {
  const waker = openWaker(db.url);
  let stopped = false;
  const loops = readers.map(async (reader) => {
    while (!stopped) {
      const more = await readSome(db, needs, reader);
      if (!more) await waker.next();
    }
  });
  return async () => {
    stopped = true;
    await waker.close();
    await Promise.allSettled(loops);
  };
}

async function readSome<Needs>(db: Db, needs: Needs, reader: Reader<Needs>): Promise<boolean> {
  try {
    return await db.transaction((tx) => readInto(tx, needs, reader));
  } catch (error) {
    log.error(
      { reader: reader.name, error: String(error) },
      'a reader of the feed failed, it will try again',
    );
    await pause(RETRY);
    return false;
  }
}

async function readInto<Needs>(tx: Tx, needs: Needs, reader: Reader<Needs>): Promise<boolean> {
  await tx
    .insertInto('feed_reader')
    .values({ name: reader.name, position: 0 })
    .onConflict((c) => c.doNothing())
    .execute();
  const cursor = await tx
    .selectFrom('feed_reader')
    .select('position')
    .where('name', '=', reader.name)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (cursor === undefined) return false;
  const events = await readAfter(tx, cursor.position, READ_AT_ONCE);
  const last = events.at(-1);
  if (last === undefined) return false;
  const wanted = events.filter(({ kind }) => reader.kinds === 'all' || reader.kinds.includes(kind));
  if (wanted.length > 0 && (await reader.run(tx, needs, wanted)) === 'more') return true;
  await tx
    .updateTable('feed_reader')
    .set({ position: last.position, moved_at: new Date() })
    .where('name', '=', reader.name)
    .execute();
  return events.length === READ_AT_ONCE;
}

async function readAfter(tx: Tx, position: number, limit: number): Promise<FeedEvent[]> {
  const rows = await tx
    .selectFrom('event')
    .selectAll()
    .where('position', '>', position)
    .orderBy('position')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    position: row.position ?? 0,
    workspaceId: row.workspace_id,
    id: row.id,
    kind: row.kind as EventKind, // Written by appendEvent alone, which takes an EventKind.
    conversationId: row.conversation_id,
    mailboxId: row.mailbox_id,
    revision: row.revision,
    memberId: row.member_id,
    facts: row.facts as Record<string, Json>,
    causeId: row.cause_id,
    silent: row.silent,
    createdAt: row.created_at,
  }));
}

/** The end of the feed, read once for all streams of a process. */
export interface FeedTail {
  position(): number;
  /** Called with events in order; the answer ends it. */
  listen(listener: (events: FeedEvent[]) => void): () => void;
  /** What came after a position, or `too_old` when that is too much to tell one by one. */
  since(position: number): Promise<FeedEvent[] | 'too_old'>;
  close(): Promise<void>;
}

export async function openFeedTail(db: Db): Promise<FeedTail> {
  const waker = openWaker(db.url);
  const listeners = new Set<(events: FeedEvent[]) => void>();
  const { rows } = await db.pool.query<{ position: number }>('select position from feed_counter');
  let position = rows[0]?.position ?? 0;
  let stopped = false;
  const loop = (async () => {
    while (!stopped) {
      const events = await selectAfter(db, position, READ_AT_ONCE).catch(() => []);
      position = events.at(-1)?.position ?? position;
      if (events.length > 0) for (const listener of listeners) listener(events);
      if (events.length < READ_AT_ONCE) await waker.next();
    }
  })();
  return {
    position: () => position,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async since(from) {
      if (from > position || position - from > TAIL_LIMIT) return 'too_old';
      return (await selectAfter(db, from, TAIL_LIMIT)).filter((event) => event.position <= position);
    },
    async close() {
      stopped = true;
      await waker.close();
      await loop;
    },
  };
}

async function selectAfter(db: Db, position: number, limit: number): Promise<FeedEvent[]> {
  const { rows } = await db.pool.query<FeedEvent>(
    `select ${COLUMNS} from event where position > $1 order by position limit $2`,
    [position, limit],
  );
  return rows;
}

interface Waker {
  /** Resolves at the next wake-up, or after a second. */
  next(): Promise<void>;
  close(): Promise<void>;
}

function openWaker(url: string): Waker {
  let waiting: (() => void)[] = [];
  const wake = () => {
    const all = waiting;
    waiting = [];
    for (const resolve of all) resolve();
  };
  const stop = keepRunning('feed wake-up', url, async (client, stopped) => {
    client.on('notification', wake);
    await client.query(`listen ${WAKE}`);
    while (!stopped()) {
      await pause(POLL);
      await client.query('select');
    }
  });
  return {
    next: () => Promise.race([new Promise<void>((resolve) => waiting.push(resolve)), pause(POLL)]),
    async close() {
      wake();
      await stop();
    },
  };
}
