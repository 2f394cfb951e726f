/** Re:, RE:, Re[2]:, Re^3:, 返信:, and what other programs write for it; full-width colons too. */
const REPLY_MARK = /^\s*(?:re|aw|sv|antw|返信|回复|回覆|답장)(?:\s*\[\d+\]|\s*\(\d+\)|\^\d+)?\s*[:：]\s*/i;
const FORWARD_MARK = /^\s*(?:fwd?|wg|tr|転送|转发|轉寄)(?:\s*\[\d+\]|\s*\(\d+\)|\^\d+)?\s*[:：]\s*/i;

/** The subject of an answer: "Re: " once, whatever marks of that kind it began with. */
export const replySubject = (subject: string): string => `Re: ${without(subject, REPLY_MARK)}`.trimEnd();

/** The subject of a letter passed on: "Fwd: " once; a Re: inside it stays. */
export const forwardSubject = (subject: string): string => `Fwd: ${without(subject, FORWARD_MARK)}`.trimEnd();

function without(subject: string, mark: RegExp): string {
  // A subject may hold line breaks of a broken letter; a header of ours never does.
  let rest = subject.replace(/[\r\n]+/g, ' ').trim();
  while (mark.test(rest)) rest = rest.replace(mark, '');
  return rest;
}
