import type { TextPiece } from '@madoguchi/contract';

/** What is shown in the open, or what lies folded in its place; one of the two. */
export interface TextRun {
  said: TextPiece | null;
  folded: readonly TextPiece[];
}

/** Pieces as they are shown: each new text alone, quotes and signatures that follow one another together. */
export function runsOf(pieces: readonly TextPiece[]): TextRun[] {
  const runs: TextRun[] = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    if (piece.kind === 'new') runs.push({ said: piece, folded: [] });
    else if (last?.said === null) runs[runs.length - 1] = { said: null, folded: [...last.folded, piece] };
    else runs.push({ said: null, folded: [piece] });
  }
  return runs;
}
