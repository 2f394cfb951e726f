import type { Cell } from './ask.ts';

const CELLS: ReadonlySet<string> = new Set<Cell>(['yes', 'part', 'mask', 'no', 'say', 'in']);
const isCell = (text: string): text is Cell => CELLS.has(text);

export interface Table {
  columns: string[];
  rows: Map<string, Cell[]>;
}

/**
 * Reads a table written as text: the first line names the columns, each other line a row, then its cells;
 * two spaces or more divide them. An empty line or one that begins with # is for the reader alone.
 *
 * @throws Error with the line that is none
 */
export function readTable(text: string): Table {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const [head = '', ...body] = lines;
  const columns = head.trim().split(/\s+/);
  const rows = new Map<string, Cell[]>();
  for (const line of body) {
    const [name = '', rest = ''] = line.split(/ {2,}(.*)/s);
    const cells = rest.trim().split(/\s+/);
    if (cells.length !== columns.length || !cells.every(isCell)) throw new Error(`not a row: ${line}`);
    if (rows.has(name)) throw new Error(`twice: ${name}`);
    rows.set(name, cells.filter(isCell));
  }
  return { columns, rows };
}
