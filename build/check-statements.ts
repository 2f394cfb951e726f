/**
 * Reads what the tests' transactions sent to PostgreSQL (one line {sql, from} each) and refuses a statement
 * that touches a workspace's table without naming the workspace, and a write by another folder than the owner.
 *
 *   node build/check-statements.ts FILE
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { report } from './report.ts';

export interface Sent {
  sql: string;
  /** The file below server/src that sent it; empty where the stack did not tell. */
  from: string;
}

/** Tables without a workspace: the house's own. */
const HOUSE_TABLES = new Set([
  'feed_counter',
  'feed_reader',
  'worker_lease',
  'house_fact',
  'request_count',
  'migration',
  'workspace',
]);

/** Who may leave the workspace out, and why. Everything else names it. */
const EXCEPTED: { from: RegExp; table?: string; why: string }[] = [
  { from: /^platform\/feed/, why: 'the feed numbers and reads the events of all workspaces' },
  { from: /^platform\/(jobs|sweeps|house-fact)/, why: 'the house looks after itself' },
  { from: /^accounts\/sign-in\//, why: 'who signs in is asked before the workspace is known' },
  { from: /sweep|fold-counts/, why: 'a sweep of the house goes over all workspaces' },
  {
    from: /^channels\/email\//,
    why: 'the SMTP door asks whose an address is; the IMAP loop reads all accounts',
  },
  { from: /^cli\/|^demo\/|^testing\/|\.test\.ts$/, why: 'commands of the administrator, and tests' },
];

/** Whoever may write a table beside its owner. */
const MAY_WRITE: { table: string; from: RegExp; why: string }[] = [
  { table: 'event', from: /^/, why: 'each folder writes its own kinds, through appendEvent' },
  { table: 'file', from: /^/, why: 'written by platform/files for whoever keeps a content' },
];

/** @returns a sentence for each fault */
export function checkStatements(sent: readonly Sent[], owners: ReadonlyMap<string, string>): string[] {
  const seen = new Map(sent.map((statement) => [`${statement.from} ${statement.sql}`, statement]));
  return [...seen.values()].flatMap((statement) => [
    ...borderFaults(statement, owners),
    ...ownerFaults(statement, owners),
  ]);
}

interface Named {
  table: string;
  alias: string;
}

function tablesOf(sql: string): Named[] {
  const found = sql.matchAll(/\b(?:from|join|into|update|using)\s+"(\w+)"(?:\s+as\s+"(\w+)")?/g);
  return [...found].map(([, table = '', alias]) => ({ table, alias: alias ?? table }));
}

function borderFaults({ sql, from }: Sent, owners: ReadonlyMap<string, string>): string[] {
  if (EXCEPTED.some((exception) => exception.from.test(from))) return [];
  const tables = tablesOf(sql).filter(({ table }) => owners.has(table) && !HOUSE_TABLES.has(table));
  return tables
    .filter((named) => !namesWorkspace(sql, named))
    .map(({ table }) => `${from}: touches ${table} without the workspace: ${sql.slice(0, 200)}`);
}

/** An equality on this table's workspace, or the column among those that an insert fills. */
function namesWorkspace(sql: string, { table, alias }: Named): boolean {
  if (sql.startsWith(`insert into "${table}"`))
    return sql.includes('"workspace_id"') || /\bworkspace_id\b/.test(sql);
  const own = `"?${alias}"?\\."?workspace_id"?`;
  const equality = new RegExp(`${own}\\s*=|=\\s*${own}|${own}"?\\)?\\s+in\\b`);
  if (equality.test(sql)) return true;
  const alone = tablesOf(sql).length === 1 || sql.startsWith('update') || sql.startsWith('delete');
  return (alone || !sql.includes(`"${alias}"."`)) && /"?workspace_id"?\s*=\s*(\$|any|\()/.test(sql);
}

function ownerFaults({ sql, from }: Sent, owners: ReadonlyMap<string, string>): string[] {
  const table = /^\s*(?:insert into|update|delete from)\s+"(\w+)"/.exec(sql)?.[1];
  if (table === undefined || from === '' || /\.test\.ts$|^testing\/|^demo\//.test(from)) return [];
  const owner = owners.get(table);
  if (owner === undefined || from.startsWith(`${owner}/`)) return [];
  if (MAY_WRITE.some((exception) => exception.table === table && exception.from.test(from))) return [];
  // appendEvent counts the conversation's events under its row lock.
  if (table === 'conversation' && sql.includes('"event_no" = event_no + 1')) return [];
  return [`${from}: writes ${table}, which belongs to ${owner}: ${sql.slice(0, 200)}`];
}

/** Table to folder, from the line "Owns:" at the head of each folder's public face. */
export function readOwners(root: string, tables: readonly string[]): Map<string, string> {
  const source = join(root, 'server/src');
  const owners = new Map<string, string>();
  for (const folder of readdirSync(source)) {
    const face = join(source, folder, 'index.ts');
    if (!existsSync(face)) continue;
    const owns = /Owns:([\s\S]*?)\n \* Never:/.exec(readFileSync(face, 'utf8'))?.[1] ?? '';
    for (const table of tables) if (new RegExp(`\\b${table}\\b`).test(owns)) owners.set(table, folder);
  }
  return owners;
}

/** The names of all tables, from the types that are made from the database. */
export function readTables(root: string): string[] {
  const text = readFileSync(join(root, 'server/src/platform/tables.gen.ts'), 'utf8');
  const list = /export interface Tables \{([\s\S]*?)\n\}/.exec(text)?.[1] ?? '';
  return [...list.matchAll(/^ {2}(\w+):/gm)].map(([, name = '']) => name);
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  const tables = readTables(root);
  const owners = readOwners(root, tables);
  const orphans = tables
    .filter((table) => !owners.has(table))
    .map((table) => `no folder says that it owns ${table}`);
  const lines = readFileSync(process.argv[2] ?? '', 'utf8')
    .split('\n')
    .filter(Boolean);
  const sent = lines.map((line) => JSON.parse(line) as Sent); // Written by testing/with-tx alone.
  const silent = sent.length === 0 ? ['the tests sent no statement at all: the log is broken'] : [];
  report('statements', [...silent, ...orphans, ...checkStatements(sent, owners)]);
}
