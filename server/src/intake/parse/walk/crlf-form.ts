const LF = 0x0a;
const CR = 0x0d;

/**
 * Turns a stream's bytes into the form that travels: every lone LF becomes CRLF.
 *
 * @returns a function to be given the chunks in order; it answers the same chunk when nothing changed
 */
export function crlfForm(): (chunk: Buffer) => Buffer {
  let before = 0;
  return (chunk) => {
    const lone: number[] = [];
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) {
      if ((at === 0 ? before : chunk[at - 1]) !== CR) lone.push(at);
    }
    before = chunk.at(-1) ?? before;
    if (lone.length === 0) return chunk;
    const out = Buffer.allocUnsafe(chunk.length + lone.length);
    let from = 0;
    let to = 0;
    for (const at of lone) {
      to += chunk.copy(out, to, from, at);
      out[to++] = CR;
      from = at;
    }
    chunk.copy(out, to, from);
    return out;
  };
}
