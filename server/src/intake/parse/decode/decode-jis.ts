/**
 * ISO-2022-JP and its kin (JIS, -1, -2, -3, -MS, CP50220, CP50221), read by translating to Shift_JIS,
 * which the platform decodes with Microsoft's table: ①, ㈱, 髙 and ～ come out as their writers meant.
 *
 * Not `TextDecoder('iso-2022-jp')`: it puts U+FFFD where two escapes meet, knows no JIS X 0212, and a
 * character cut in two by its sender is lost. Not encoding-japanese: it reads the first two, not the last.
 */

type Mode = 'ascii' | 'kana' | 'jis208' | 'jis212';

const ESC = 0x1b;
const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;
const LINE_FEED = 0x0a;

const ESCAPES: readonly (readonly [string, Mode])[] = [
  ['$(D', 'jis212'],
  ['$(@', 'jis208'],
  ['$(B', 'jis208'],
  ['$(O', 'jis208'],
  ['$(P', 'jis212'],
  ['$(Q', 'jis208'],
  ['$@', 'jis208'],
  ['$B', 'jis208'],
  ['&@', 'jis208'],
  ['(B', 'ascii'],
  ['(J', 'ascii'],
  ['(H', 'ascii'],
  ['(I', 'kana'],
];

const shiftJis = new TextDecoder('shift_jis');
const eucJp = new TextDecoder('euc-jp');

/** Whether the bytes switch to two-byte characters as only JIS text does. */
export function looksLikeJis(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(ESC); at >= 0; at = bytes.indexOf(ESC, at + 1)) {
    const next = bytes.toString('latin1', at + 1, at + 4);
    if (/^(?:\$[@B]|\$\([@BDOPQ]|\(I)/.test(next)) return true;
  }
  return false;
}

/** The JIS bytes as text; what cannot be read is U+FFFD. Bytes A1 to DF are half-width kana. */
export function decodeJis(bytes: Buffer): string {
  const out = new JisText(bytes.length);
  let mode: Mode = 'ascii';
  let lead = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === ESC) {
      const switching = escapeAt(bytes, i);
      if (switching !== null) {
        const torn = lead !== 0 ? resumesAfter(bytes, i, switching.length) : 0;
        if (torn > 0) {
          i += torn - 1;
          continue;
        }
        if (lead !== 0) out.unreadable();
        lead = 0;
        mode = switching.mode;
        i += switching.length - 1;
        continue;
      }
    }
    if (byte === LINE_FEED) mode = 'ascii';
    if (mode !== 'jis208' && mode !== 'jis212') {
      if (lead !== 0) out.unreadable();
      lead = 0;
      mode = out.single(byte, mode);
    } else if (byte < 0x21 || byte > 0x7e) {
      if (lead !== 0) out.unreadable();
      lead = 0;
      out.single(byte, 'ascii');
    } else if (lead === 0) {
      lead = byte;
    } else {
      out.double(lead, byte, mode);
      lead = 0;
    }
  }
  if (lead !== 0) out.unreadable();
  return out.end();
}

function escapeAt(bytes: Buffer, at: number): { mode: Mode; length: number } | null {
  const next = bytes.toString('latin1', at + 1, at + 4);
  for (const [sequence, mode] of ESCAPES) {
    if (next.startsWith(sequence)) return { mode, length: sequence.length + 1 };
  }
  return null;
}

/** Bytes to skip when an escape out of two-byte mode is undone at once: a character was cut in two. */
function resumesAfter(bytes: Buffer, at: number, length: number): number {
  const back = escapeAt(bytes, at + length);
  if (bytes[at + length] !== ESC || back === null) return 0;
  return back.mode === 'jis208' || back.mode === 'jis212' ? length + back.length : 0;
}

/** Text being put together: Shift_JIS bytes, broken by pieces that Shift_JIS cannot say. */
class JisText {
  #text = '';
  readonly #bytes: Buffer;
  #length = 0;

  /** @param size bytes of the JIS text; Shift_JIS never needs more */
  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafe(size);
  }

  single(byte: number, mode: Mode): Mode {
    if (byte === SHIFT_OUT) return 'kana';
    if (byte === SHIFT_IN) return 'ascii';
    if (mode === 'kana' && byte >= 0x21 && byte <= 0x5f) this.#put(byte + 0x80);
    else if (byte < 0x80 || (byte >= 0xa1 && byte <= 0xdf)) this.#put(byte);
    else this.unreadable();
    return mode;
  }

  double(lead: number, trail: number, mode: Mode): void {
    if (mode === 'jis212') {
      this.#flush();
      this.#text += eucJp.decode(Uint8Array.of(0x8f, lead | 0x80, trail | 0x80));
      return;
    }
    const row = (lead - 0x21) >> 1;
    const odd = (lead - 0x21) & 1;
    const cell = trail - 0x21;
    this.#put(row + (row < 0x1f ? 0x81 : 0xc1));
    this.#put(cell + (odd ? 0x9f : cell >= 0x3f ? 0x41 : 0x40));
  }

  unreadable(): void {
    this.#flush();
    this.#text += '\ufffd';
  }

  end(): string {
    this.#flush();
    return this.#text;
  }

  #put(byte: number): void {
    this.#bytes[this.#length++] = byte;
  }

  #flush(): void {
    if (this.#length === 0) return;
    this.#text += shiftJis.decode(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
  }
}
