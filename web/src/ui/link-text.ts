export type TextPart = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

/** Addresses end before Japanese text and before the punctuation that follows them in a sentence. */
const LINK =
  /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+|[\w.+-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+/giu;
const TRAILING = /[.,;:!?'"]+$/;

/** Cuts plain text into words and the addresses in it; joined, the parts are the text again. */
export function linkParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(LINK)) {
    const found = trimmed(match[0]);
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) });
    const href = /^https?:/i.test(found) ? found : `mailto:${found}`;
    parts.push({ kind: 'link', text: found, href });
    at = match.index + found.length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}

function trimmed(found: string): string {
  const short = found.replace(TRAILING, '');
  // A bracket that was never opened belongs to the sentence around the address.
  return short.endsWith(')') && !short.includes('(') ? trimmed(short.slice(0, -1)) : short;
}
