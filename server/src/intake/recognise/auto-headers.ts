import type { AutoHeaders } from '../parse/letter.ts';
import type { RecogniseFacts } from './facts.ts';
import { allOf, firstOf } from './facts.ts';

/** The headers by which machines tell each other not to answer; what loop limits are decided on. */
export function readAutoHeaders(facts: RecogniseFacts): AutoHeaders {
  const lower = (name: string): string | null => firstOf(facts, name)?.toLowerCase() ?? null;
  return {
    autoSubmitted:
      lower('auto-submitted')
        ?.replace(/[;(].*$/, '')
        .trim() ?? null,
    precedence: lower('precedence'),
    autoResponseSuppress: lower('x-auto-response-suppress'),
    listId: listId(firstOf(facts, 'list-id')),
    listUnsubscribe: firstOf(facts, 'list-unsubscribe') !== null,
    loop: [...allOf(facts, 'x-loop'), ...allOf(facts, 'x-loops')].map((value) => value.toLowerCase()),
    emptyReturnPath: facts.returnPath === '',
    spamFlag: /^yes\b/i.test(firstOf(facts, 'x-spam-flag') ?? firstOf(facts, 'x-spam-status') ?? ''),
  };
}

/** The part in `<>`, where there is one: the rest is the list's name for people. */
function listId(value: string | null): string | null {
  if (value === null) return null;
  return (/<([^<>]+)>/.exec(value)?.[1] ?? value).trim().toLowerCase() || null;
}
