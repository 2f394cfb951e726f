/** One header field: its name in lower case, its value unfolded, every byte one latin1 character. */
export interface Field {
  name: string;
  value: string;
}

const FIELD_START = /^([!-9;-~]+)[ \t]*:/;

/** Whether a line can stand in a header: a field, a continuation, or mbox's own `From ` line. */
export function looksLikeHeaderLine(line: string): boolean {
  return FIELD_START.test(line) || line.startsWith(' ') || line.startsWith('\t');
}

/**
 * Header lines to fields, in their order.
 *
 * A fold becomes the one space that it stands for, whatever blanks the sender put there. Lines that are
 * no field (mbox's `From `, junk) are left out.
 */
export function readFields(lines: readonly string[]): Field[] {
  const fields: Field[] = [];
  for (const line of lines) {
    const last = fields.at(-1);
    if ((line.startsWith(' ') || line.startsWith('\t')) && last !== undefined) {
      last.value += ` ${line.trimStart()}`;
      continue;
    }
    const start = FIELD_START.exec(line);
    if (start?.[1] === undefined) continue;
    fields.push({ name: start[1].toLowerCase(), value: line.slice(start[0].length) });
  }
  for (const field of fields) field.value = field.value.trim();
  return fields;
}

/** The first field of this name, or null. */
export function firstField(fields: readonly Field[], name: string): string | null {
  return fields.find((field) => field.name === name)?.value ?? null;
}

/** All fields of this name, in their order. */
export function allFields(fields: readonly Field[], name: string): string[] {
  return fields.filter((field) => field.name === name).map((field) => field.value);
}
