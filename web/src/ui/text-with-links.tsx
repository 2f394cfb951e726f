import { linkParts } from './link-text.ts';

/** Plain text as it was written; addresses in it can be followed. */
export function TextWithLinks({ text }: { text: string }) {
  let at = 0;
  return linkParts(text).map((part) => {
    const key = at;
    at += part.text.length;
    return part.kind === 'text' ? (
      part.text
    ) : (
      <a key={key} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
        {part.text}
      </a>
    );
  });
}
