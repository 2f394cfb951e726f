import styles from './shapes.module.css';

type Size = 20 | 24 | 32 | 40;

const sizeName = (size: Size) => (size === 24 ? '' : (styles[`s${size}`] ?? ''));
/** The first letter a person would call the name by; a company's legal form says nothing. */
export const initialOf = (name: string): string => {
  const short = name
    .replace(/^(株式会社|有限会社|合同会社|一般社団法人|[(（][株有][)）]|㈱|㈲|["'「【])\s*/u, '')
    .trim();
  return ([...short][0] ?? '？').toUpperCase();
};

interface CircleProps {
  /** Undefined: nobody yet. */
  member: { name: string; tint: number } | undefined;
  size?: Size;
  /** Where the name stands beside it. */
  silent?: boolean;
  /** What is said, when it is more than the name. */
  label?: string;
}

/** A circle is one of us, in the person's own tint. */
export function MemberCircle({ member, size = 24, silent = false, label }: CircleProps) {
  const tint = member === undefined ? styles.nobody : (styles[`p${member.tint}`] ?? styles.p1);
  const name = label ?? member?.name ?? '';
  const said = silent ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name, title: name };
  return (
    <span className={`${styles.who} ${sizeName(size)} ${tint}`} {...said}>
      {member === undefined ? '' : initialOf(member.name)}
    </span>
  );
}

/** A rounded grey square is someone outside; the name always stands beside it. */
export const CustomerSquare = ({ name, size = 24 }: { name: string; size?: Size }) => (
  <span className={`${styles.who} ${styles.outside} ${sizeName(size)}`} aria-hidden="true">
    {initialOf(name)}
  </span>
);
