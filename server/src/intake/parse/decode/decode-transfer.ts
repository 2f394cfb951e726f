/** Content-Transfer-Encoding, undone piece by piece as the lines of a part come in. */
export interface TransferDecoder {
  /** Decodes more wire bytes; a piece may end anywhere. */
  push(bytes: Buffer): Buffer;
  /** What was still open when the part ended. */
  end(): Buffer;
}

const NOTHING = Buffer.alloc(0);

/** Encodings that leave the bytes as they are. */
export const IDENTITY_ENCODINGS: ReadonlySet<string> = new Set(['', '7bit', '8bit', 'binary']);

/** @returns the decoder, or null for an encoding that nobody knows */
export function transferDecoder(encoding: string): TransferDecoder | null {
  switch (encoding) {
    case 'base64':
      return base64Decoder();
    case 'quoted-printable':
      return quotedPrintableDecoder();
    case 'x-uuencode':
    case 'x-uue':
    case 'uuencode':
      return uuDecoder();
    default:
      return IDENTITY_ENCODINGS.has(encoding) ? { push: (bytes) => bytes, end: () => NOTHING } : null;
  }
}

function base64Decoder(): TransferDecoder {
  let open = '';
  let held = '';
  const decode = (characters: string): Buffer => Buffer.from(characters, 'base64');
  const takeWhole = (): Buffer => {
    const whole = open.length - (open.length % 4);
    const bytes = decode(open.slice(0, whole));
    open = open.slice(whole);
    return bytes;
  };
  return {
    push(bytes) {
      held += bytes.toString('latin1');
      if (held.length < 8192) return NOTHING;
      const piece = held.replace(/[^A-Za-z0-9+/=]/g, '');
      held = '';
      return splitAtPadding(piece);
    },
    end() {
      const piece = held.replace(/[^A-Za-z0-9+/=]/g, '');
      held = '';
      return Buffer.concat([splitAtPadding(piece), decode(open)]);
    },
  };

  /** Several base64 texts glued together, as some senders make them, are decoded one by one. */
  function splitAtPadding(piece: string): Buffer {
    const out: Buffer[] = [];
    for (const part of piece.split(/(?<==)(?=[^=])/)) {
      open += part;
      if (part.endsWith('=')) {
        out.push(decode(open));
        open = '';
      } else out.push(takeWhole());
    }
    return Buffer.concat(out);
  }
}

function quotedPrintableDecoder(): TransferDecoder {
  let line = '';
  const decodeLine = (text: string): Buffer => {
    const ending = text.endsWith('\r\n') ? '\r\n' : text.endsWith('\n') ? '\n' : '';
    const content = withoutTrailingBlanks(text.slice(0, text.length - ending.length));
    const soft = content.endsWith('=');
    const binary = (soft ? content.slice(0, -1) : content + ending).replace(
      /=([0-9A-Fa-f]{2})/g,
      (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)),
    );
    return Buffer.from(binary, 'latin1');
  };
  return {
    push(bytes) {
      line += bytes.toString('latin1');
      const end = line.lastIndexOf('\n');
      if (end < 0) return NOTHING;
      const lines = line.slice(0, end + 1).match(/[^\n]*\n/g) ?? [];
      line = line.slice(end + 1);
      return Buffer.concat(lines.map(decodeLine));
    },
    end: () => decodeLine(line),
  };
}

/** RFC 2045 section 6.7 rule 3: blanks at a line's end were added on the way. */
function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  return text.slice(0, end);
}

function uuDecoder(): TransferDecoder {
  let open = '';
  const decodeLine = (line: string): Buffer => {
    if (/^(?:begin [0-7]{3,4} |end\s*$|`?\s*$)/.test(line)) return NOTHING;
    const size = (line.charCodeAt(0) - 32) & 63;
    const out = Buffer.alloc(Math.ceil(size / 3) * 3);
    for (let at = 1, to = 0; to < size; at += 4, to += 3) {
      const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map(
        (k) => ((line.charCodeAt(at + k) || 32) - 32) & 63,
      );
      out.set([(a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d], to);
    }
    return out.subarray(0, size);
  };
  return {
    push(bytes) {
      const lines = (open + bytes.toString('latin1')).split(/\r?\n/);
      open = lines.pop() ?? '';
      return Buffer.concat(lines.map(decodeLine));
    },
    end: () => decodeLine(open),
  };
}
