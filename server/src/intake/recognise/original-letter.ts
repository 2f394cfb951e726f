import { readIds } from '../parse/header/read-ids.ts';
import type { RecogniseFacts } from './facts.ts';
import { firstOf } from './facts.ts';

export interface SplitNotice {
  /** The reporting system's own words. */
  notice: string;
  /** The returned letter or its header, as far as it is there; empty when it is not. */
  original: string;
}

/** How free-text reports announce the letter they return. */
const RETURNED =
  /^[ \t>]*(?:-{2,}.{0,12}(?:(?:this is a|below this line is a) copy of (?:the|your)|original (?:message|mail)|(?:the )?header of|message (?:header|text)|(?:un(?:sent|delivered)|returned|transcript of) (?:message|mail)|start of|your message|included is a copy|オリジナル|元の).*|(?:the )?(?:original message|text of (?:the )?(?:message|letter)|headers of the (?:original )?message|your (?:original )?message (?:follows|text)|copy of the (?:original )?message|message header:|returned mail follows|unsent message follows|received message follows|original mail as follows|included is the|the following is the).*|reply-to:.*|received: from .*|return-path:.*|message-id: <.*|元のメール.*|送信メール.*|以下.{0,10}(?:送信された|元の|オリジナル).*)$/im;

/** Reports are short; what follows is the returned letter. */
const LONGEST_NOTICE = 64 * 1024;

/** Parts the report's words from the letter that it returns, be it a part or pasted below. */
export function splitOriginal({ text: whole, reports }: RecogniseFacts): SplitNotice {
  const text = whole.slice(0, LONGEST_NOTICE);
  const returned = reports.find((report) =>
    /^(?:message\/(?:rfc822|global(?:-headers)?)|text\/rfc822(?:-headers)?)$/.test(report.type),
  );
  const mark = RETURNED.exec(text);
  const at = mark === null || mark.index < 20 ? text.length : mark.index;
  return { notice: text.slice(0, at), original: returned?.text ?? text.slice(at) };
}

/** The Message-ID of the returned letter; what the report's own header says of it comes last. */
export function originalMessageId(facts: RecogniseFacts, original: string): string | null {
  const fields = [original, ...facts.reports.map((report) => report.text)];
  for (const text of fields) {
    const line = /^[ \t>]*(?:x-original-)?message-id:[ \t]*(?:\n[ \t]+)?(\S.*)$/im.exec(text)?.[1];
    const id = line === undefined ? undefined : readIds([line])[0];
    if (id !== undefined) return id;
  }
  const threaded = [firstOf(facts, 'in-reply-to'), firstOf(facts, 'references')].filter(
    (value) => value !== null,
  );
  return readIds(threaded).at(-1) ?? null;
}
