import { Fragment, type ReactNode } from 'react';

const OPEN = '\uE000';
const CLOSE = '\uE001';

/**
 * A translated sentence with bold names. The names are put in after the sentence has been read, so that a
 * `<` in a name stays a letter.
 *
 * @param say gives the sentence for values; parts between `<b>` and `</b>` become bold
 */
export function rich<Name extends string>(
  say: (values: Record<Name, string>) => string,
  values: Record<Name, string>,
): ReactNode {
  // The keys of a record of names are those names.
  const names = Object.keys(values) as Name[];
  const holes = Object.fromEntries(names.map((name, index) => [name, `${OPEN}${index}${CLOSE}`])) as Record<
    Name,
    string
  >;
  const at = (index: number): string => {
    const name = names[index];
    return name === undefined ? '' : values[name];
  };
  const fill = (text: string) =>
    text.replace(new RegExp(`${OPEN}(\\d+)${CLOSE}`, 'g'), (_, index) => at(Number(index)));
  const parts = say(holes).split(/<b>|<\/b>/);
  return parts.map((part, index) => {
    const text = fill(part);
    // Odd pieces lie between <b> and </b>; pieces of one sentence never move.
    const key = `${index}${text}`;
    return index % 2 === 1 ? <b key={key}>{text}</b> : <Fragment key={key}>{text}</Fragment>;
  });
}
