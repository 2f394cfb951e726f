import type { Chance } from '../chance.ts';
import type { Enclosure } from '../story.ts';
import { drawPdf } from './draw-pdf.ts';
import { drawPng } from './draw-png.ts';
import type { EnclosedFile } from './write-letter.ts';

/** Makes the file that a story names. */
export function enclose({ name, kind, title }: Enclosure, chance: Chance): EnclosedFile {
  switch (kind) {
    case 'photo':
      return { name, type: 'image/png', bytes: drawPng(chance) };
    case 'pdf':
      return { name, type: 'application/pdf', bytes: drawPdf(title) };
    case 'csv':
      return {
        name,
        type: 'text/csv',
        bytes: Buffer.from(
          `\uFEFF品名,数量\r\n${title
            .split(',')
            .map((one) => `${one},${chance.between(5, 24)}`)
            .join('\r\n')}\r\n`,
        ),
      };
  }
}
