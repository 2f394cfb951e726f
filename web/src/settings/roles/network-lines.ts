const V4 = /^\d{1,3}(\.\d{1,3}){3}$/;
const V6 = /^[0-9a-f:]*:[0-9a-f:]*(\d{1,3}(\.\d{1,3}){3})?$/i;
const HIGHEST = { v4: 32, v6: 128 } as const;

/** The networks of a field with one a line, without empty lines. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/**
 * The first line that cannot be a network, so that it is told while one writes; the server decides.
 * @returns its number from 1 and its text, or null
 */
export function badLine(text: string): { line: number; text: string } | null {
  const lines = text.split('\n').map((line) => line.trim());
  const at = lines.findIndex((line) => line !== '' && !looksLikeNetwork(line));
  return at === -1 ? null : { line: at + 1, text: lines[at] ?? '' };
}

function looksLikeNetwork(line: string): boolean {
  const [address = '', bits, ...rest] = line.split('/');
  if (rest.length > 0) return false;
  const kind = V4.test(address) ? 'v4' : V6.test(address) ? 'v6' : null;
  if (kind === null) return false;
  if (kind === 'v4' && address.split('.').some((part) => Number(part) > 255)) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= HIGHEST[kind]);
}
