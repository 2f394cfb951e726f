/**
 * Writes server/src/platform/tables.gen.ts from a migrated database, or with --verify says that it is stale.
 *
 *   DATABASE_URL=... node build/make-tables.ts [--verify]
 *
 * Columns get our ids and unions, so that a member's id cannot stand where a mailbox's belongs.
 * (kysely-codegen was tried: its type overrides need TypeScript's JavaScript API, which TypeScript 7 lacks.)
 */
import { readFileSync, writeFileSync } from 'node:fs';
import pg from 'pg';

const TARGET = new URL('../server/src/platform/tables.gen.ts', import.meta.url);

/** Column name, wherever it stands, to the type of the contract that it holds. */
const BY_COLUMN: Record<string, string> = {
  workspace_id: 'WorkspaceId',
  mailbox_id: 'MailboxId',
  arrived_mailbox_id: 'MailboxId',
  member_id: 'MemberId',
  author_id: 'MemberId',
  assignee_id: 'MemberId',
  trashed_by_id: 'MemberId',
  ended_by_id: 'MemberId',
  asker_id: 'MemberId',
  holder_id: 'MemberId',
  target_id: 'MemberId',
  role_id: 'RoleId',
  team_id: 'TeamId',
  customer_id: 'CustomerId',
  channel_id: 'ChannelId',
  raw_message_id: 'RawMessageId',
  message_row_id: 'MessageId',
  parent_id: 'MessageId',
  conversation_id: 'ConversationId',
  merged_into_id: 'ConversationId',
  previous_id: 'ConversationId',
  answer_id: 'AnswerId',
  status_id: 'StatusId',
  status_before_id: 'StatusId',
  status_set_id: 'StatusId',
  wake_status_id: 'StatusId',
  wake_status_before_id: 'StatusId',
  waiting_reason_id: 'WaitingReasonId',
  reason_before_id: 'WaitingReasonId',
  cause_id: 'EventId',
  event_id: 'EventId',
  draft_id: 'DraftId',
  upload_id: 'UploadId',
  outgoing_id: 'OutgoingId',
  label_id: 'LabelId',
  view_id: 'ViewId',
};

/** Table.column that only its table can tell. */
const BY_TABLE: Record<string, string> = {
  'workspace.id': 'WorkspaceId',
  'role.id': 'RoleId',
  'role.permissions': 'Permission[]',
  'role.scope': 'Scope',
  'mailbox_member.level': 'MailboxLevel',
  'mailbox_team.level': 'MailboxLevel',
  'member.id': 'MemberId',
  'member.state': 'MemberState',
  'member.language': 'Language',
  'team.id': 'TeamId',
  'sign_in_record.way': 'SignInWay',
  'sign_in_record.outcome': 'SignInOutcome',
  'mailbox.id': 'MailboxId',
  'mailbox.after_send': 'AfterSend',
  'label.id': 'LabelId',
  'label.tint': 'MailboxTint',
  'saved_view.id': 'ViewId',
  'saved_view.owner_id': 'MemberId',
  'saved_view.columns': 'ViewColumn[]',
  'mailbox.tint': 'MailboxTint',
  'customer.id': 'CustomerId',
  'channel.id': 'ChannelId',
  'raw_message.id': 'RawMessageId',
  'raw_message.duplicate_of': 'RawMessageId',
  'event.id': 'EventId',
  'status.id': 'StatusId',
  'status.kind': 'StatusKind',
  'status.tint': 'MailboxTint',
  'waiting_reason.id': 'WaitingReasonId',
  'waiting_reason.key': 'WaitingReasonKey',
  'answer.id': 'AnswerId',
  'conversation.id': 'ConversationId',
  'conversation.place': 'Place',
  'conversation_count.place': 'Place',
  'conversation_count_change.place': 'Place',
  'message.id': 'MessageId',
  'draft.id': 'DraftId',
  'draft.kind': 'DraftKind',
  'upload.id': 'UploadId',
  'outgoing.id': 'OutgoingId',
  'outgoing.state': 'DeliveryState',
};

/** PostgreSQL type to what our pg reads and takes; int8 and timestamptz by the parsers of platform/db. */
const BY_TYPE: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  bytea: 'Buffer',
  timestamptz: 'Date',
  jsonb: 'Json',
  _text: 'string[]',
  _int4: 'number[]',
};

interface Column {
  table: string;
  column: string;
  type: string;
  nullable: boolean;
  optional: boolean;
}

async function readColumns(url: string): Promise<Column[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Column>(
    `select table_name as "table", column_name as "column", udt_name as "type", is_nullable = 'YES' as nullable,
            column_default is not null or is_identity = 'YES' as optional
       from information_schema.columns where table_schema = 'madoguchi' order by 1, ordinal_position`,
  );
  await client.end();
  return rows;
}

function typeOf({ table, column, type, nullable, optional }: Column): string {
  const own = BY_TABLE[`${table}.${column}`] ?? BY_COLUMN[column] ?? BY_TYPE[type];
  if (own === undefined)
    throw new Error(`make-tables knows no TypeScript type for ${table}.${column} (${type})`);
  const value = nullable ? `${own} | null` : own;
  return optional ? `Generated<${value}>` : value;
}

const pascal = (name: string) => name.replace(/(^|_)(.)/g, (_, __, letter: string) => letter.toUpperCase());

function render(columns: Column[]): string {
  const tables = Map.groupBy(columns, ({ table }) => table);
  const bodies = [...tables].map(([table, own]) => {
    const lines = own.map((column) => `  ${column.column}: ${typeOf(column)};`);
    return `export interface ${pascal(table)}Table {\n${lines.join('\n')}\n}\n`;
  });
  const all = [...tables.keys()].map((table) => `  ${table}: ${pascal(table)}Table;`);
  const ours = new Set(
    [...Object.values(BY_TABLE), ...Object.values(BY_COLUMN)].map((type) => type.replace(/\[.*/, '')),
  );
  return `// Made by build/make-tables.ts from the migrated database. Not edited by hand.
import type {
${[...ours]
  .sort()
  .map((type) => `  ${type},`)
  .join('\n')}
} from '@madoguchi/contract';
import type { Generated } from 'kysely';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

${bodies.join('\n')}
export interface Tables {
${all.join('\n')}
}
`;
}

/** Compares, or writes; an exit code of 1 says that the file is stale. */
export async function makeTables(url: string, verify: boolean): Promise<boolean> {
  const text = render((await readColumns(url)).filter(({ table }) => table !== 'migration'));
  if (verify) return readFileSync(TARGET, 'utf8') === text;
  writeFileSync(TARGET, text);
  return true;
}

if (import.meta.main) {
  const url = process.env.DATABASE_URL;
  if (url === undefined) throw new Error('make-tables needs DATABASE_URL, a migrated database');
  process.exitCode = (await makeTables(url, process.argv.includes('--verify'))) ? 0 : 1;
}
