import { honorificOf } from './honorific.ts';

const WORDS = { sama: '様', onchu: '御中', none: '' } as const;

/** The word alone, for rows where name and honorific are set apart. */
export const honorificWord = (name: string): string => WORDS[honorificOf(name)];

/** A customer's name with its honorific. Names and honorifics are not translated. */
export const HonorificName = ({ name }: { name: string }) => {
  const word = honorificWord(name);
  return <span lang="ja">{word === '' ? name : `${name} ${word}`}</span>;
};
