/** How mail programs introduce what they quote, in the languages that reach a Japanese desk. */

/** `> ` in half or full width, but not `>>> notice <<<`. */
export function isMarkedQuote(line: string): boolean {
  return /^[ \t]{0,3}[>＞](?!.*<{2,}\s*$)/.test(line);
}

const WROTE = [
  'wrote',
  'writes',
  'said',
  'a écrit',
  'schrieb',
  'escribió',
  'ha scritto',
  'escreveu',
  'schreef',
  'skrev',
  'пишет',
  'написал\\(?а?\\)?',
  'napisał\\(?a?\\)?',
  'pisze',
  'kirjoitti',
  'yazdı',
  '写道',
  '寫道',
  '작성',
  '님이 쓴 글',
  'さんは書きました',
  'さんが書きました',
  'は書きました',
  'が書きました',
  'さんは書かれました',
  'のメール',
  'のメッセージ',
  'さん',
  'さんからのメール',
  '様のメール',
  'さん wrote',
].join('|');

/** Sure by itself: it names a date or an address, and ends as only an attribution does. */
const ATTRIBUTIONS = [
  new RegExp(`^.{0,300}(?:\\d|@).{0,300}(?:${WROTE})[^\\n]{0,80}[:：]\\s*$`, 'iu'),
  /^\d{4}年\d{1,2}月\d{1,2}日.{0,300}[:：]\s*$/u,
  /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.{0,200}<[^<>\s]+@[^<>\s]+>.{0,40}[:：]\s*$/u,
  /^(?:On|Am|Le|El|Il|Em|Op|Den|W dniu|Dnia)\s.{4,300}<[^<>\s]+@[^<>\s]+>.{0,40}[:：]\s*$/iu,
  /^Quoting .{2,200}[:：]\s*$/u,
];

/** Enough only where marked quotes follow. */
const ATTRIBUTION_BEFORE_QUOTE = new RegExp(`(?:${WROTE}|[>＞]|@\\S+|"|\\d)[^\\n]{0,80}[:：]\\s*$`, 'iu');

/** Whether these lines, joined, introduce a quote whatever follows. */
export function isAttribution(lines: readonly string[]): boolean {
  if (!/[:：]\s*$/.test(lines.at(-1) ?? '')) return false;
  const text = lines.map((line) => line.trim()).join(' ');
  return text.length <= 700 && ATTRIBUTIONS.some((pattern) => pattern.test(text));
}

/** Whether this line introduces a quote, given that marked lines follow it. */
export function introducesQuote(line: string): boolean {
  return line.length <= 400 && ATTRIBUTION_BEFORE_QUOTE.test(line.trim());
}

const ORIGINAL =
  /^[\s>]*[-_＿ー―─━=*]{2,}\s*(?:original message|original appointment|original-nachricht|ursprüngliche nachricht|message d'origine|mensaje original|oorspronkelijk bericht|oprindelig meddelelse|reply message|元のメッセージ|元のメール|オリジナルメッセージ|原始邮件|原始郵件|원본 메시지)\s*[-_＿ー―─━=*]{2,}\s*$/i;
const FORWARDED =
  /^[\s>]*(?:[-_＿ー―─━=*]{2,}\s*(?:forwarded (?:message|by)|転送メッセージ|転送されたメッセージ|weitergeleitete nachricht|message transféré|mensaje reenviado).{0,80}|begin forwarded message:|転送されたメッセージ[:：]|以下[、,]?転送)/i;

/** `-----Original Message-----` and its like: what follows was written before. */
export function isOriginalMark(line: string): boolean {
  return ORIGINAL.test(line);
}

/** What follows is why the letter was sent. */
export function isForwardMark(line: string): boolean {
  return FORWARDED.test(line);
}

const FROM_LINE =
  /^\s*\*?(?:from|von|de|da|van|från|fra|差出人|送信者|送信元|发件人|寄件者|보낸 사람|от|od)\*?\s*[:：]\*?\s*\S/i;
const OTHER_LINE =
  /^\s*\*?(?:sent|date|to|cc|subject|reply-to|gesendet|datum|an|betreff|envoyé|à|objet|enviado|para|asunto|assunto|verzonden|aan|onderwerp|送信日時|送信日|日時|日付|宛先|件名|題名|发送时间|收件人|主题|寄件日期|收件者|主旨|보낸 날짜|받는 사람|제목|отправлено|кому|тема)\*?\s*[:：]/i;

/** Lines that begin as Outlook copies a header over what it answers: From, then at least two others. */
export function isHeaderBlock(lines: readonly string[]): boolean {
  const [first = '', ...rest] = lines;
  if (!FROM_LINE.test(first)) return false;
  return rest.slice(0, 8).filter((line) => OTHER_LINE.test(line)).length >= 2;
}

/** The rule that Outlook draws above its header block. */
export function isRule(line: string): boolean {
  return /^\s*[_＿─━―=-]{5,}\s*$/.test(line);
}
