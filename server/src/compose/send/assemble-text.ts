/** A run of the text; all runs joined are the whole text. */
export interface Piece {
  kind: 'new' | 'quote' | 'signature';
  text: string;
}

/**
 * What leaves, in the order that Japanese mail has it: the words, the signature, the quote below. The blank
 * line between belongs to the piece before, so that the pieces joined are exactly the text that was sent.
 */
export function assembleText(draft: { text: string; signature: string; quote: string }): Piece[] {
  const runs: Piece[] = [
    { kind: 'new', text: plain(draft.text) },
    { kind: 'signature', text: plain(draft.signature) },
    { kind: 'quote', text: plain(draft.quote) },
  ];
  const said = runs.filter(({ text }) => text !== '');
  return said.map(({ kind, text }, at) => ({
    kind,
    text: at < said.length - 1 ? `${text}\n\n` : `${text}\n`,
  }));
}

const plain = (text: string) => text.replace(/\r\n?/g, '\n').replace(/\s+$/, '');
