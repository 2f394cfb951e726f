const LF = 0x0a;
const CR = 0x0d;
const DOT = 0x2e;

/**
 * Watches a letter's bytes, as they come, for a line with a single dot whose border is not CRLF on both
 * sides. Some servers end a letter there and take what follows for commands of its own (SMTP smuggling,
 * CVE-2023-51764 and its kin); no honest program sends it.
 *
 * @returns a function that takes the next bytes and says whether such a line has been seen so far
 */
export function watchForSmuggling(): (chunk: Buffer) => boolean {
  // The four bytes before the one looked at; a letter begins after the CRLF of the DATA command.
  let before = [0, 0, CR, LF];
  let isSeen = false;
  return (chunk) => {
    for (const byte of chunk) {
      if (isSeen) break;
      isSeen = isLoneDot(before, byte);
      before = [before[1] ?? 0, before[2] ?? 0, before[3] ?? 0, byte];
    }
    return isSeen;
  };
}

/** Whether `byte` ends a line that holds only a dot, with a bare CR or LF on either side. */
function isLoneDot(before: readonly number[], byte: number): boolean {
  const [b4, b3, b2, b1] = before;
  if (byte === LF && b1 === DOT) return b2 === LF || b2 === CR; // .LF
  if (byte === LF && b1 === CR && b2 === DOT) return (b3 === LF && b4 !== CR) || b3 === CR; // .CRLF
  // .CR and then no LF: known one byte later.
  return byte !== LF && b1 === CR && b2 === DOT && (b3 === LF || b3 === CR);
}
