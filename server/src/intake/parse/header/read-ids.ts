/** The most ids that a letter may name: a longer list is an attack or a fault, its newest ids count. */
const MOST_IDS = 1000;

/** The letter's own id without `<>`; null when there is none. */
export function readMessageId(value: string | null): string | null {
  return value === null ? null : (readIds([value])[0] ?? null);
}

/**
 * The ids of a References or In-Reply-To header without `<>`, in their order, each once.
 *
 * Blanks inside the brackets (a fold cut the id) are taken out; words around them ("Message from ...")
 * are not ids. Without any bracket, what has an `@` and no blank is taken.
 */
export function readIds(values: readonly string[]): string[] {
  const ids = new Set<string>();
  for (const value of values) {
    const bracketed = [...value.matchAll(/<([^<>]*)>/g)].map((match) => (match[1] ?? '').replace(/\s+/g, ''));
    const found =
      bracketed.length > 0
        ? bracketed
        : value
            .replace(/[<>"]/g, ' ')
            .split(/[\s,]+/)
            .filter(looksLikeId);
    for (const id of found) if (id !== '') ids.add(wellFormed(id));
  }
  return [...ids].slice(-MOST_IDS);
}

function looksLikeId(word: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(word);
}

/** Raw bytes stay distinct yet storable. */
function wellFormed(id: string): string {
  return id.replaceAll('\0', '\ufffd');
}
