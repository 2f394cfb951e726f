import styles from './conversation.module.css';

/** A bracketed run, or a number like K-20831, never breaks inside. */
const TOGETHER = /(（[^（）]{1,24}）|\([^()]{1,24}\)|「[^「」]{1,16}」|[A-Za-z]{1,4}-?\d{2,}(?:-\d+)*)/u;

export function SubjectText({ subject }: { subject: string }) {
  const parts = subject.split(TOGETHER);
  return parts.map((part, index) => {
    // Odd pieces are the runs that stay together; the pieces of one subject never move.
    const key = `${index}${part}`;
    return index % 2 === 1 ? (
      <span key={key} className={styles.nobreak}>
        {part}
      </span>
    ) : (
      part
    );
  });
}
