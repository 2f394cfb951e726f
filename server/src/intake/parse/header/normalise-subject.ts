const REPLY_MARKS =
  /^(?:(?:re|rep|aw|sv|antw|vs|fw|fwd|wg|tr|rv|返信|返|転送|回复|回覆|答复|转发|轉寄)(?:\s*[[(（［]\d+[\])）］]|\^\d+)?\s*[:：;]|[[［](?:[^\]］]{0,40}[:#：])?\s?\d+[\]］])\s*/i;

/** Beyond this a subject is no subject, and marks could be stacked to keep us busy. */
const LONGEST_SUBJECT = 2000;

/** The subject without the marks that replies and forwards gather: Re:, Fwd:, 返信:, 転送：, Re[2]:, [12]. */
export function normaliseSubject(subject: string): string {
  let rest = subject.slice(0, LONGEST_SUBJECT).normalize('NFKC').replace(/\s+/g, ' ').trim();
  for (;;) {
    const shorter = rest.replace(REPLY_MARKS, '');
    if (shorter === rest) return rest;
    rest = shorter;
  }
}
