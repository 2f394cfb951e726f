import { expect, test } from 'vitest';
import { checkStatements } from './check-statements.ts';

const owners = new Map([
  ['conversation', 'conversation'],
  ['message', 'conversation'],
  ['hold', 'compose'],
]);
const faultsOf = (from: string, sql: string) => checkStatements([{ from, sql }], owners);

test('a statement that names no workspace is refused', () => {
  expect(faultsOf('search/store.ts', 'select "id" from "message" where "message"."id" = $1')).toHaveLength(1);
  expect(
    faultsOf('search/store.ts', 'select "id" from "message" where "message"."workspace_id" = $1'),
  ).toEqual([]);
});

test('a joined table is held to the workspace as well', () => {
  const joined =
    'select 1 from "message" inner join "conversation" on "conversation"."id" = "message"."conversation_id" where "message"."workspace_id" = $1';
  expect(faultsOf('search/store.ts', joined)).toHaveLength(1);
  expect(
    faultsOf(
      'search/store.ts',
      joined.replace(' where', ' and "conversation"."workspace_id" = "message"."workspace_id" where'),
    ),
  ).toEqual([]);
});

test('a write by another folder than the owner is refused', () => {
  const sql = 'update "hold" set "expires_at" = $1 where "workspace_id" = $2';
  expect(faultsOf('conversation/store.ts', sql)).toHaveLength(1);
  expect(faultsOf('compose/hold/store.ts', sql)).toEqual([]);
});

test('an insert fills the workspace', () => {
  expect(faultsOf('compose/hold/store.ts', 'insert into "hold" ("answer_id") values ($1)')).toHaveLength(1);
  expect(
    faultsOf('compose/hold/store.ts', 'insert into "hold" ("workspace_id", "answer_id") values ($1, $2)'),
  ).toEqual([]);
});
