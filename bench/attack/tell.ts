/** What became of one probe. */
export interface Outcome {
  group: string;
  name: string;
  hole: string;
  sent: string;
  heard: string;
  result: 'refused' | 'let_through' | 'not_tried';
}

export interface Counts {
  tried: number;
  refused: number;
  letThrough: number;
  notTried: number;
}

const WIDEST = 170;
const WORDS = { refused: 'refused    ', let_through: 'LET THROUGH', not_tried: 'NOT TRIED  ' } as const;

/** One line of a table for people, and the hole in words where one stands open. */
export function lineOf({ name, sent, heard, hole, result }: Outcome): string {
  const line = cut(oneLine(`${WORDS[result]}  ${name}`), WIDEST);
  if (result === 'refused') return `${line}\n               ${cut(oneLine(`${sent} > ${heard}`), WIDEST)}`;
  return `${line}\n               ${cut(oneLine(`${sent} > ${heard}`), 3 * WIDEST)}\n               hole: ${oneLine(hole)}`;
}

export function countOutcomes(outcomes: readonly Outcome[]): Counts {
  const of = (result: Outcome['result']) => outcomes.filter((one) => one.result === result).length;
  return {
    tried: outcomes.length - of('not_tried'),
    refused: of('refused'),
    letThrough: of('let_through'),
    notTried: of('not_tried'),
  };
}

/** Whether all was tried, all was refused, and the house answered its own people meanwhile. */
export function isProof(
  outcomes: readonly Outcome[],
  controlFaults: readonly string[],
  least: number,
): boolean {
  const { tried, refused } = countOutcomes(outcomes);
  return (
    controlFaults.length === 0 && outcomes.length >= least && tried === outcomes.length && refused === tried
  );
}

/** What was sent holds line ends and worse on purpose: shown as signs, a terminal must not obey them. */
export function oneLine(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}]/gu,
    (sign) =>
      ({ '\r': '\\r', '\n': '\\n', '\t': '\\t' })[sign] ??
      `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
