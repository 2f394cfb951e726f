import type {
  ConversationFilter,
  ConversationId,
  CustomerId,
  LabelId,
  MailboxId,
  MemberId,
  Place,
  StatusId,
  StatusKind,
  TeamId,
} from '@madoguchi/contract';
import type { Actor } from '../../accounts/index.ts';
import { filterUnfit } from '../errors.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOMENT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/;
const MOST_IDS = 100;
const MINUTE = 60_000;
const PAGE = 50;

/** Where a page ended; the list goes on behind it. */
export interface Cursor {
  /** Text of a moment with microseconds, as the database writes it; null behind those who wait. */
  waitingSince: string | null;
  lastMessageAt: string;
  id: ConversationId;
}

/** What a list asks for, understood. */
export interface Wanted {
  mailboxId: MailboxId | null;
  /** Null: whichever. */
  mailboxIds: MailboxId[] | null;
  /** Null: every place. */
  place: Place | null;
  /** Null: every kind. */
  kinds: StatusKind[] | null;
  statusId: StatusId | null;
  /** What comes back by itself before this moment. */
  wakeBefore: Date | null;
  assignee: MemberId | 'none' | null;
  /** With one of these; null: whatever team has it. */
  teamIds: readonly TeamId[] | null;
  labelsAll: LabelId[];
  /** Empty: whichever, and none as well. */
  labelsAny: LabelId[];
  /** Milliseconds; null: also who does not wait. */
  waitingOver: number | null;
  customerId: CustomerId | null;
  ids: ConversationId[] | null;
  sort: 'waiting' | 'newest';
  limit: number;
  cursor: Cursor | null;
}

/** @throws filterUnfit when an id, the assignee or the cursor cannot be */
export function readFilter(actor: Actor, filter: ConversationFilter): Wanted {
  const ids = filter.ids === undefined ? null : readIds(filter.ids);
  return {
    mailboxId: filter.mailboxId ?? null,
    mailboxIds: filter.mailboxIds === undefined ? null : readList<MailboxId>(filter.mailboxIds, 'ids'),
    // Rows asked for by id are wanted wherever they went.
    place: filter.place ?? (ids === null ? 'inbox' : null),
    // The pattern of the contract lets only kinds through.
    kinds: filter.status === undefined ? null : (filter.status.split(',') as StatusKind[]),
    statusId: filter.statusId ?? null,
    wakeBefore: filter.wakeBefore === undefined ? null : new Date(filter.wakeBefore),
    assignee: readAssignee(actor, filter.assignee),
    teamIds: readTeams(actor, filter),
    labelsAll: readList<LabelId>(filter.labelsAll ?? '', 'labels'),
    labelsAny: readList<LabelId>(filter.labelsAny ?? '', 'labels'),
    waitingOver: filter.waitingOver === undefined ? null : filter.waitingOver * MINUTE,
    customerId: filter.customerId ?? null,
    ids,
    sort: filter.sort ?? 'newest',
    limit: ids === null ? (filter.limit ?? PAGE) : MOST_IDS,
    cursor: filter.cursor === undefined ? null : readCursor(filter.cursor),
  };
}

function readIds(text: string): ConversationId[] {
  const ids = readList<ConversationId>(text, 'ids');
  if (ids.length > MOST_IDS) throw filterUnfit({ part: 'ids' });
  return ids;
}

function readList<Id extends string>(text: string, part: 'ids' | 'labels'): Id[] {
  const ids = text.split(',').filter(Boolean);
  if (!ids.every((id) => UUID.test(id))) throw filterUnfit({ part });
  return ids as Id[]; // Each has the form of an id; what it names is asked of the database.
}

function readAssignee(actor: Actor, text: string | undefined): Wanted['assignee'] {
  if (text === undefined || text === '') return null;
  if (text === 'none') return 'none';
  const id = text === 'me' ? actor.memberId : text;
  if (id === null || !UUID.test(id)) throw filterUnfit({ part: 'assignee' });
  return id as MemberId; // It has the form of an id; a stranger's finds nothing.
}

function readTeams(actor: Actor, { team, teamId }: ConversationFilter): Wanted['teamIds'] {
  if (team === 'mine') return actor.teamIds.filter((id) => teamId === undefined || id === teamId);
  return teamId === undefined ? null : [teamId];
}

export function writeCursor({ waitingSince, lastMessageAt, id }: Cursor): string {
  return Buffer.from(JSON.stringify([waitingSince, lastMessageAt, id])).toString('base64url');
}

function readCursor(text: string): Cursor {
  const [waitingSince, lastMessageAt, id] = readJson(text);
  const fits =
    (waitingSince === null || isMoment(waitingSince)) &&
    isMoment(lastMessageAt) &&
    typeof id === 'string' &&
    UUID.test(id);
  if (!fits) throw filterUnfit({ part: 'cursor' });
  return { waitingSince, lastMessageAt, id: id as ConversationId };
}

/** The form alone lets 99 o'clock through, at which the database would stumble. */
export const isMoment = (value: unknown): value is string =>
  typeof value === 'string' && MOMENT.test(value) && !Number.isNaN(Date.parse(value.replace('+00', 'Z')));

/** A cursor's list; empty when it is none of ours. */
export function readJson(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** The cursor of a list that is ordered by one text key and a whole number. */
export const writeKeyCursor = (key: string): string =>
  Buffer.from(JSON.stringify([key])).toString('base64url');

/** @throws filterUnfit when it is none of ours */
export function readKeyCursor(cursor: string | undefined, isOurs: (key: string) => boolean): string | null {
  if (cursor === undefined) return null;
  const [key] = readJson(cursor);
  if (typeof key !== 'string' || !isOurs(key)) throw filterUnfit({ part: 'cursor' });
  return key;
}
