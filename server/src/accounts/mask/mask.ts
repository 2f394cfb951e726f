import { createHmac } from 'node:crypto';
import type { WorkspaceId } from '@madoguchi/contract';
import { findAddresses, mayHoldAddress, plainForm } from './find-addresses.ts';
import { findPhones, mayHoldPhone } from './find-phones.ts';

/** What is ours and hidden from none of us, each in its plain form. */
export interface Own {
  addresses: ReadonlySet<string>;
  /** Digits of the numbers below our letters. */
  phones: ReadonlySet<string>;
}

/**
 * Hides whom we write with. What is shown of an address or a number is all that a mark holds: nothing in it can
 * be compared with the mark of something that one has typed oneself. Only what is to be sent back has six signs
 * more, which lead the server to what it stands for (`within`).
 */
export interface Mask {
  /** A field that is an address and nothing else: may***@mid*** */
  address(whole: string): string;
  /** Addresses in running text. */
  line(text: string): string;
  /** Addresses and telephone numbers (***5678) in running text. */
  text(text: string): string;
  /**
   * The marks of one letter or one draft, each with signs that stand for one address there (may***#3f9c1a@mid***).
   * They are made with a key that only the server has, and differ from one `scope` to the next: whoever may write
   * into another letter learns nothing about this one.
   */
  within(scope: string): MaskWithin;
}

export interface MaskWithin extends Omit<Mask, 'within'> {
  /** Each mark of what a text holds, and what it stands for. */
  known(text: string): [mark: string, real: string][];
}

/** A mark that leads back, wherever it stands in a text. */
export const MASKED = /[^\s@<>"]{1,3}\*{3}#[0-9a-f]{6}@[^\s@<>"]{1,3}\*{3}|\*{3}[0-9]{4}#[0-9a-f]{6}/g;

/** Whether a text is a mask, or would be one to a person who typed it over. */
export const isMasked = (address: string): boolean => /\*{3}(?:#|@|$)/.test(address.trim());

interface Ground {
  key: Buffer;
  workspaceId: WorkspaceId;
  own: Own;
  /** Null: marks that lead nowhere. */
  scope: string | null;
}

export function maskOf(facts: Omit<Ground, 'scope'>): Mask {
  const { known: _, ...mask } = maskWithin({ ...facts, scope: null });
  return { ...mask, within: (scope) => maskWithin({ ...facts, scope }) };
}

function maskWithin(ground: Ground): MaskWithin {
  const line = (text: string) => replaceAll(ground, text, false);
  return {
    line,
    text: (text) => replaceAll(ground, text, true),
    address: (whole) =>
      isOneAddress(whole) ? (markOf(ground, plainForm(whole.trim())) ?? whole) : line(whole),
    known: (text) => hidden(ground, text, true).map(({ mark, real }): [string, string] => [mark, real]),
  };
}

/** Odd ones that running text would divide are one address where nothing but an address stands. */
function isOneAddress(text: string): boolean {
  const [found, other] = findAddresses(text);
  return mayHoldAddress(text) && other === undefined && !(found === undefined && /\*{3}/.test(text));
}

interface Hidden {
  start: number;
  end: number;
  mark: string;
  real: string;
}

function hidden(ground: Ground, text: string, withPhones: boolean): Hidden[] {
  const addresses = mayHoldAddress(text) ? findAddresses(text) : [];
  const phones = withPhones && mayHoldPhone(text) ? findPhones(text) : [];
  const all = [
    ...addresses.map(({ address, ...place }) => ({ ...place, mark: markOf(ground, address) })),
    ...phones.map(({ digits, ...place }) => ({ ...place, mark: phoneMarkOf(ground, digits) })),
  ];
  const sorted = all.sort((a, b) => a.start - b.start || b.end - a.end);
  return withoutOverlaps(sorted).flatMap(({ start, end, mark }) => {
    const real = text.slice(start, end);
    return mark === null ? [] : [{ start, end, mark, real }];
  });
}

function withoutOverlaps<P extends { start: number; end: number }>(places: P[]): P[] {
  let from = 0;
  return places.filter(({ start, end }) => {
    if (start < from) return false;
    from = end;
    return true;
  });
}

function replaceAll(ground: Ground, text: string, withPhones: boolean): string {
  const found = hidden(ground, text, withPhones);
  if (found.length === 0) return text;
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end, mark } of found) {
    pieces.push(text.slice(from, start), mark);
    from = end;
  }
  return pieces.join('') + text.slice(from);
}

/** Null for what is ours. */
function markOf(ground: Ground, address: string): string | null {
  if (ground.own.addresses.has(address)) return null;
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  return `${beginningOf(local)}***${signOf(ground, address)}@${beginningOf(domain)}***`;
}

function phoneMarkOf(ground: Ground, digits: string): string | null {
  return ground.own.phones.has(digits) ? null : `***${digits.slice(-4)}${signOf(ground, digits)}`;
}

/** Without signs that would mean something to a page or a table. */
const beginningOf = (text: string): string =>
  [...text.replace(/["'<>&\s\\]/g, '')].slice(0, 3).join('') || '-';

function signOf({ key, workspaceId, scope }: Ground, plain: string): string {
  if (scope === null) return '';
  const sign = createHmac('sha256', key)
    .update(JSON.stringify([workspaceId, scope, plain]))
    .digest('hex');
  return `#${sign.slice(0, 6)}`;
}
