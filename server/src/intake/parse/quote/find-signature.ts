import type { SegmentKind } from '../letter.ts';

/** Signatures longer than this are text. */
const LONGEST_SIGNATURE = 15;

const DASHES = /^-- ?\s*$/;
const FROM_A_PHONE =
  /^\s*(?:sent from (?:my|outlook|yahoo|mail for)\b.*|get outlook for .*|(?:私の)?(?:iphone|ipad|android|スマートフォン|携帯).{0,20}から送信.*|.{0,30}(?:iphone|ipad|android|outlook|アプリ|スマホ).{0,10}から送信.*|von meinem .* gesendet|envoyé de mon .*)\s*$/i;
const RULE = /^\s*(?:[-=_*+~#・･.‥…─━―＝＿＊◇◆■□☆★∞/／]\s?){8,}\s*$/;
const BUSINESS_CARD = /(?:tel|電話|fax|〒|mail|https?:|www\.|株式会社|有限会社|[\w.+-]+@[\w-]+\.)/i;

/**
 * The lines of the signature, `from` included, `to` not; empty (`from` = `to`) when there is none.
 *
 * Only in the last stretch of new text: below `-- `, from a phone's own line, or a business card between
 * rules, as Japanese mail has it; or the writer's own name as the last line.
 */
export function findSignature(
  lines: readonly string[],
  kinds: readonly SegmentKind[],
  writers: readonly string[],
): { from: number; to: number } {
  const to = kinds.lastIndexOf('new') + 1;
  const start = to === 0 ? 0 : kinds.lastIndexOf('quote', to - 1) + 1;
  const earliest = Math.max(start, to - LONGEST_SIGNATURE);
  for (let index = earliest; index < to; index++) {
    const line = (lines[index] ?? '').replace(/\n$/, '');
    if (DASHES.test(line) || FROM_A_PHONE.test(line)) return { from: index, to };
    if (RULE.test(line) && BUSINESS_CARD.test(lines.slice(index + 1, to).join('')))
      return { from: index, to };
  }
  const last = lines.slice(0, to).findLastIndex((line) => line.trim() !== '');
  return last > start && isName(lines[last] ?? '', writers) ? { from: last, to } : { from: to, to };
}

/** The writer's name alone on the last line. */
function isName(line: string, writers: readonly string[]): boolean {
  const bare = (text: string): string => text.replace(/\s+/g, '').toLowerCase();
  return writers.some((writer) => bare(writer) !== '' && bare(writer) === bare(line));
}
