import type { TextPiece } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { runsOf } from './text-runs.ts';

const piece = (kind: TextPiece['kind'], text: string): TextPiece => ({ kind, text });

test('a signature and the quote below it fold together, and an answer between quotes stays in the open', () => {
  const pieces = [
    piece('new', 'こんにちは'),
    piece('signature', '田中'),
    piece('quote', '> 一つ目'),
    piece('new', 'はい'),
    piece('quote', '> 二つ目'),
  ];
  expect(runsOf(pieces).map(({ said, folded }) => said?.text ?? folded.map((each) => each.text))).toEqual([
    'こんにちは',
    ['田中', '> 一つ目'],
    'はい',
    ['> 二つ目'],
  ]);
});
