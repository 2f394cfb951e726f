import type { HistoryEvent, Message } from '@madoguchi/contract';
import { sameDay } from '../ui/time-words.ts';

export type TimelineEntry =
  | { kind: 'day'; key: string; at: Date }
  | { kind: 'fresh'; key: string }
  | { kind: 'message'; key: string; message: Message }
  | { kind: 'events'; key: string; events: readonly HistoryEvent[] };

/** Said by the message itself, or of no interest to people. */
const SILENT = new Set([
  'message_received',
  'message_sent',
  'note_added',
  'draft_saved',
  'draft_discarded',
  'delivery_changed',
  'send_undone',
  'seen_changed',
]);

const FOLD_FROM = 3;

/**
 * One time line of what was said and what happened, in the order of the server's clock, with a line before
 * each day. Three or more changes in a row become one entry.
 *
 * @param freshFrom the first revision that is new to this person; nothing is marked when it is null
 */
export function timeline(
  messages: readonly Message[],
  events: readonly HistoryEvent[],
  freshFrom: number | null,
): TimelineEntry[] {
  const said = messages.map((message) => ({ at: message.receivedAt, message, event: null }));
  const done = events
    .filter((event) => !SILENT.has(event.kind))
    .map((event) => ({ at: event.at, message: null, event }));
  const all = [...said, ...done].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));

  const entries: TimelineEntry[] = [];
  let day: Date | null = null;
  let marked = false;
  for (const each of all) {
    const at = new Date(each.at);
    if (day === null || !sameDay(day, at)) entries.push({ kind: 'day', key: `day-${each.at}`, at });
    day = at;
    if (each.message !== null) {
      const isFresh: boolean = !marked && freshFrom !== null && each.message.revision >= freshFrom;
      if (isFresh) entries.push({ kind: 'fresh', key: 'fresh' });
      marked ||= isFresh;
      entries.push({ kind: 'message', key: each.message.id, message: each.message });
      continue;
    }
    const last = entries.at(-1);
    if (last?.kind === 'events')
      entries[entries.length - 1] = { ...last, events: [...last.events, each.event] };
    else entries.push({ kind: 'events', key: each.event.id, events: [each.event] });
  }
  return entries;
}

export const foldsEvents = (events: readonly HistoryEvent[]): boolean => events.length >= FOLD_FROM;

/** Read letters older than the last two fold to one line; what is unread stays open. */
export function foldedAtFirst(messages: readonly Message[], freshFrom: number | null): Set<string> {
  const old = messages.slice(0, -2);
  return new Set(
    old.filter((message) => freshFrom === null || message.revision < freshFrom).map((message) => message.id),
  );
}

export interface Branch {
  message: Message;
  depth: number;
}

/** Who answered what: each message below the one it answers, in the order of the time line. */
export function branches(messages: readonly Message[]): Branch[] {
  const ids = new Set(messages.map((message) => message.id));
  const below = Map.groupBy(messages, (message) =>
    message.parentId !== null && ids.has(message.parentId) && message.parentId !== message.id
      ? message.parentId
      : null,
  );
  const seen = new Set<string>();
  const walk = (parent: Message['parentId'], depth: number): Branch[] =>
    (below.get(parent) ?? []).flatMap((message) => {
      if (seen.has(message.id)) return [];
      seen.add(message.id);
      return [{ message, depth }, ...walk(message.id, depth + 1)];
    });
  const reached = walk(null, 0);
  // Two letters that name each other as parent hang on no root; they are shown all the same.
  const rest = messages.filter((message) => !seen.has(message.id));
  return [...reached, ...rest.map((message) => ({ message, depth: 0 }))];
}
