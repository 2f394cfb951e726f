/** A piece of a mail no longer than one line. */
export interface Line {
  /** Without its line end. */
  bytes: Buffer;
  /** The line end as it came; empty for the last line, and for a line that goes on in the next piece. */
  ending: '' | '\n' | '\r\n';
  /** False for the second and later pieces of an overlong line. */
  starts: boolean;
}

/** A line beyond this is handed on in pieces, so that one without an end holds no memory. */
const LONGEST_PIECE = 64 * 1024;

const LF = 0x0a;
const CR = 0x0d;

/** Cuts a stream of bytes into lines; both LF and CRLF end one. */
export class LineSplitter {
  #open: Buffer[] = [];
  #openLength = 0;
  #starts = true;
  readonly #onLine: (line: Line) => void;

  constructor(onLine: (line: Line) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      this.#endLine(chunk.subarray(from, end));
      from = end + 1;
    }
    if (from === chunk.length) return;
    this.#open.push(chunk.subarray(from));
    this.#openLength += chunk.length - from;
    if (this.#openLength > LONGEST_PIECE) this.#emitPiece();
  }

  end(): void {
    if (this.#openLength > 0) this.#onLine({ bytes: this.#takeOpen(), ending: '', starts: this.#starts });
  }

  #endLine(rest: Buffer): void {
    const bytes = this.#openLength > 0 ? Buffer.concat([this.#takeOpen(), rest]) : rest;
    const crlf = bytes.at(-1) === CR;
    this.#onLine({
      bytes: crlf ? bytes.subarray(0, -1) : bytes,
      ending: crlf ? '\r\n' : '\n',
      starts: this.#starts,
    });
    this.#starts = true;
  }

  /** A CR at the end stays behind: it may be half of a line end. */
  #emitPiece(): void {
    const bytes = this.#takeOpen();
    const cr = bytes.at(-1) === CR;
    this.#onLine({ bytes: cr ? bytes.subarray(0, -1) : bytes, ending: '', starts: this.#starts });
    this.#starts = false;
    if (cr) {
      this.#open = [Buffer.of(CR)];
      this.#openLength = 1;
    }
  }

  #takeOpen(): Buffer {
    const [only] = this.#open;
    const bytes = this.#open.length === 1 && only !== undefined ? only : Buffer.concat(this.#open);
    this.#open = [];
    this.#openLength = 0;
    return bytes;
  }
}
