import { type EventKind, eventKinds } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { askCell, routeOf } from './ask.ts';
import { askLine } from './ask-lines.ts';
import { calls } from './calls.ts';
import { columns } from './columns.ts';
import { type OpenMatrix, openMatrix } from './open-matrix.ts';
import { lines, openRoutes, requests } from './table.ts';

let matrix: OpenMatrix;
beforeAll(async () => {
  // One connection serves all: the beat of an open stream must not ask the database in the middle of a cell.
  vi.useFakeTimers({ toFake: ['setInterval'] });
  matrix = await openMatrix();
});
afterAll(async () => {
  await matrix.close();
  vi.useRealTimers();
});

test('the table’s columns are the people who ask, in their order', () => {
  expect(requests.columns).toEqual(columns.map(({ key }) => key));
});

test('every route of the server has a row, and every row a route', () => {
  const told = [...requests.rows.keys()].map(addressOf);
  const known = new Set([...told, ...openRoutes]);
  expect(matrix.routes.filter((route) => !known.has(route))).toEqual([]);
  expect([...known].filter((route) => !matrix.routes.includes(route))).toEqual([]);
});

/** `GET /me` is `GET /api/v1/me`; sign-in has its own place. */
const addressOf = (name: string) =>
  name.includes(' /api/') ? routeOf(name) : routeOf(name).replace(' ', ' /api/v1');

test('every kind of event has a row', () => {
  expect([...lines.rows.keys()]).toEqual(eventKinds.map((kind) => `stream: ${kind}`));
});

/** His own session, which goes on while he looks. */
const ONESELF = /\/me\/active|\/preview$|sign-out|sign-in\/email/;
/** What is the other’s alone, or becomes the asker’s own by reading it. */
const PRIVATE = /proposal|\/me\/|GET \/sign-ins|passkey/;

test('who looks at the page as another sees what he sees, and changes nothing', () => {
  for (const { key, looksAs } of columns.filter((column) => column.looksAs !== null)) {
    const [here, there] = [requests.columns.indexOf(key), requests.columns.indexOf(looksAs ?? '')];
    for (const [name, cells] of requests.rows) {
      if (ONESELF.test(name)) continue;
      const isShown = name.startsWith('GET ') && !PRIVATE.test(name);
      expect([name, cells[here]]).toEqual([name, isShown ? cells[there] : 'say']);
    }
    for (const [name, cells] of lines.rows) expect([name, cells[here]]).toEqual([name, cells[there]]);
  }
});

test('every row is asked', () => {
  expect(Object.keys(calls).sort()).toEqual([...requests.rows.keys()].sort());
});

test.for([...requests.rows])('%s', async ([name, cells]) => {
  const row = calls[name];
  if (row === undefined) throw new Error(`${name} is never asked`);
  const found: Record<string, string> = {};
  for (const asker of matrix.askers) found[asker.column.key] = await askCell(matrix, asker, name, row);
  expect(found).toEqual(Object.fromEntries(requests.columns.map((key, at) => [key, cells[at]])));
});

test.for([...lines.rows])('%s', async ([name, cells]) => {
  const kind = name.replace('stream: ', '') as EventKind; // The test above says that it is one.
  const found: Record<string, string> = {};
  for (const asker of matrix.askers) found[asker.column.key] = await askLine(matrix, asker, kind);
  expect(found).toEqual(Object.fromEntries(lines.columns.map((key, at) => [key, cells[at]])));
});
