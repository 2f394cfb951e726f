/** The byte order mark: without it Excel reads the table in the code page of its machine. */
export const CSV_START = '\uFEFF';

/** What makes a spreadsheet take a cell for a formula; the full-width signs too, which Excel reads alike. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
// No \s: the mark at the start of a table is white space to it, and in quotes it would be a sign of the cell.
const NEEDS_QUOTES = /[",\r\n\t]|^[ \u3000]|[ \u3000]$/;

/**
 * One line of a table as Excel opens it, with its end: RFC 4180, a comma between cells, CRLF behind. A cell
 * that a spreadsheet would calculate gets a leading apostrophe (OWASP, "CSV Injection"): what a stranger
 * wrote is shown and never run.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
