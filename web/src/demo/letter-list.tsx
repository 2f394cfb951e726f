import type { DemoLetter } from '@madoguchi/contract';
import { IconArrowUpRight, IconMail } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { EmptyState } from '../ui/states.tsx';
import { rowTime } from '../ui/time-words.ts';
import styles from './demo.module.css';
import { isReceived, nameIn, splitQuote } from './letters.ts';
import { useWords } from './words.ts';

interface Props {
  letters: readonly DemoLetter[];
  openId: string | null;
  /** Arrived while one looked, and not opened yet. */
  freshIds: ReadonlySet<string>;
  onOpen: (letter: DemoLetter) => void;
}

const keyOf = ({ id, direction }: DemoLetter) => `${direction} ${id}`;

/** The customer's mail, newest first, sent and received together as on a phone. */
export function LetterList({ letters, openId, freshIds, onOpen }: Props) {
  const words = useWords();
  const { t } = useTranslation();
  const now = useNow();
  if (letters.length === 0) {
    return <EmptyState icon={<IconMail />} title={words.empty} hint={words.emptyHint} />;
  }
  return (
    <ul className={styles.rows}>
      {letters.map((letter) => (
        <li key={keyOf(letter)}>
          <button
            type="button"
            className={styles.row}
            aria-current={letter.id === openId}
            data-fresh={freshIds.has(letter.id) || undefined}
            onClick={() => onOpen(letter)}
          >
            <span className={styles.rowTop}>
              {!isReceived(letter) && <IconArrowUpRight size={14} stroke={1.7} aria-hidden="true" />}
              <b className={`${styles.rowName} cut`}>
                {isReceived(letter) ? nameIn(letter.from) : words.sentBy(nameIn(letter.to))}
              </b>
              {freshIds.has(letter.id) && <i>{words.newLetter}</i>}
              <time className="num" dateTime={letter.at}>
                {rowTime(new Date(letter.at), now, t)}
              </time>
            </span>
            <span className={`${styles.rowSubject} cut plain`}>{letter.subject || words.noSubject}</span>
            <span className={`${styles.rowText} cut plain`}>
              {splitQuote(letter.text).said.replace(/\s+/gu, ' ')}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
