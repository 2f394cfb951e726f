const WORDS = ['userunknown', 'mailboxfull', 'toobig', 'blocked', 'spam', 'hostunknown'] as const;

export type FailureReason = (typeof WORDS)[number] | 'other';

/** RFC 3463: what the second and third number of a permanent refusal mean; the first that fits counts. */
const STATUSES: ReadonlyArray<[RegExp, FailureReason]> = [
  [/^5\.1\.(1|6|10)$/, 'userunknown'],
  [/^5\.1\.2$|^5\.4\.4$/, 'hostunknown'],
  [/^5\.2\.2$/, 'mailboxfull'],
  [/^5\.(2\.3|3\.4)$/, 'toobig'],
  [/^5\.7\./, 'blocked'],
];

/**
 * Why an address did not take a letter, as a word of ours.
 *
 * @param reason an enhanced status (5.1.1), a word of a delivery report, or empty
 */
export function failureReason(reason: string): FailureReason {
  const word = WORDS.find((each) => each === reason);
  return word ?? STATUSES.find(([pattern]) => pattern.test(reason))?.[1] ?? 'other';
}
