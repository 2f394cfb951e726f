import {
  type ConversationExport,
  type ConversationItem,
  EXPORT_LIMIT,
  type StatusKind,
} from '@madoguchi/contract';
import { type Actor, requirePermission } from '../../accounts/index.ts';
import { appendEvent, CSV_START, csvLine, type Db, type Tx } from '../../platform/index.ts';
import { listConversations } from '../list/list-conversations.ts';
import { findReader, listNames, type Names } from './store.ts';

const PAGE = 200;
const HOUSE_TIME_ZONE = 'Asia/Tokyo';

/** A table that is read a page at a time, each page in a transaction of its own. */
export interface Table {
  head: string;
  /** Lines of the next page, and where the one after it begins; null at the end. */
  page(tx: Tx, cursor: string | undefined, already: number): Promise<Page>;
}

interface Page {
  lines: string;
  /** How many conversations they tell. */
  count: number;
  next: string | null;
}

interface Wish {
  filter: ConversationExport;
  /** Accept-Language, for who has set no language for himself. */
  acceptLanguage: string | undefined;
}

/**
 * Conversations that the actor may see, as a table for a spreadsheet. To take it away is a right of its own;
 * to read is enough in the mailbox. Words are in the asker's language (his own setting, else what his program
 * asks for, else Japanese), moments in his time zone, else in Tokyo's.
 *
 * @throws notAllowed, filterUnfit
 */
export async function exportConversations(
  tx: Tx,
  actor: Actor,
  { filter, acceptLanguage }: Wish,
): Promise<Table> {
  requirePermission(actor, 'conversation.export');
  const { limit = EXPORT_LIMIT, ...wanted } = filter;
  const reader = await findReader(tx, actor);
  const names = await listNames(tx, actor);
  const words = wordsOf(reader.language ?? acceptLanguage ?? 'ja');
  const momentOf = momentsIn(reader.timeZone ?? HOUSE_TIME_ZONE);
  // What cannot be asked for is refused before the first line leaves.
  await listConversations(tx, actor, { ...wanted, limit: 1 });
  return {
    head: CSV_START + csvLine(words.head),
    async page(pageTx, cursor, already) {
      const size = Math.min(PAGE, limit - already);
      const asked = { ...wanted, limit: size, ...(cursor !== undefined && { cursor }) };
      const { items, next } = await listConversations(pageTx, actor, asked);
      const lines = items.map((item) => csvLine(cellsOf(item, { names, words, momentOf })));
      const isFull = already + items.length >= limit;
      return { lines: lines.join(''), count: items.length, next: isFull ? null : next };
    },
  };
}

/**
 * Page by page: no transaction stands open while a slow line takes the table.
 * @param told how many conversations have gone out, also when the line broke or a page failed
 */
export async function* linesOf(
  db: Pick<Db, 'transaction'>,
  table: Table,
  told: (lines: number) => Promise<void>,
): AsyncGenerator<Buffer> {
  let cursor: string | undefined;
  let already = 0;
  try {
    yield Buffer.from(table.head);
    do {
      const { lines, count, next } = await db.transaction((tx) => table.page(tx, cursor, already));
      already += count;
      yield Buffer.from(lines);
      cursor = next ?? undefined;
    } while (cursor !== undefined);
  } finally {
    await told(already);
  }
}

/** Writes down who took how many conversations away, and which he asked for. */
export async function noteExport(
  tx: Tx,
  actor: Actor,
  filter: ConversationExport,
  lines: number,
): Promise<void> {
  await appendEvent(tx, actor, {
    kind: 'exported',
    facts: { what: 'conversations', lines, filter: { ...filter } },
    silent: true,
  });
}

interface Telling {
  names: Names;
  words: Words;
  momentOf: (moment: string | null) => string;
}

function cellsOf(item: ConversationItem, { names, words, momentOf }: Telling): string[] {
  const { number, subject, customer, lastMessageAt, waitingSince } = item;
  return [
    String(number),
    subject,
    names.statuses.get(item.statusId) || words.statuses[item.status],
    names.mailboxes.get(item.mailboxId) ?? '',
    item.assigneeId === null ? '' : (names.members.get(item.assigneeId) ?? ''),
    item.teamId === null ? '' : (names.teams.get(item.teamId) ?? ''),
    customer?.name ?? '',
    customer?.address ?? '',
    momentOf(lastMessageAt),
    momentOf(waitingSince),
  ];
}

/** 2026-11-20 11:54, which a spreadsheet takes for a moment in every language. */
function momentsIn(timeZone: string): (moment: string | null) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return (moment) => (moment === null ? '' : format.format(new Date(moment)));
}

interface Words {
  head: string[];
  statuses: Record<StatusKind, string>;
}

/** Whoever reads neither reads English; whoever said nothing, Japanese. */
const wordsOf = (language: string): Words => (/^\s*(?:ja\b|\*|$)/i.test(language) ? JAPANESE : ENGLISH);

const JAPANESE: Words = {
  head: [
    '番号',
    '件名',
    'ステータス',
    '共有メールボックス',
    '担当者',
    '担当チーム',
    '顧客名',
    'メールアドレス',
    '最終メッセージ',
    '返信待ちの開始',
  ],
  statuses: { open: '未対応', in_progress: '対応中', waiting: '返信待ち', done: '対応完了' },
};

const ENGLISH: Words = {
  head: [
    'Number',
    'Subject',
    'Status',
    'Shared mailbox',
    'Assignee',
    'Team',
    'Customer',
    'Mail address',
    'Last message',
    'Waiting since',
  ],
  statuses: { open: 'Open', in_progress: 'In progress', waiting: 'Waiting for reply', done: 'Done' },
};
