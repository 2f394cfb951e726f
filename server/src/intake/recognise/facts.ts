import type { Address } from '../parse/letter.ts';

/** What of a letter its kind is told by. */
export interface RecogniseFacts {
  /** The letter's own header: names in lower case, values decoded. */
  fields: { name: string; value: string }[];
  type: string;
  parameters: Record<string, string>;
  from: Address[];
  subject: string;
  /** Empty for `<>`, null when the letter does not say. */
  returnPath: string | null;
  text: string;
  /** Parts that a delivery report is made of, and returned letters. */
  reports: { type: string; text: string }[];
}

export function firstOf({ fields }: RecogniseFacts, name: string): string | null {
  return fields.find((field) => field.name === name)?.value ?? null;
}

export function allOf({ fields }: RecogniseFacts, name: string): string[] {
  return fields.filter((field) => field.name === name).map((field) => field.value);
}
