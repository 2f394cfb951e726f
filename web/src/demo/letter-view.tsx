import type { DemoLetter } from '@madoguchi/contract';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { Button } from '../ui/button.tsx';
import { TextWithLinks } from '../ui/text-with-links.tsx';
import { messageTime } from '../ui/time-words.ts';
import { CustomerSquare } from '../ui/who.tsx';
import styles from './demo.module.css';
import { isReceived, nameIn, splitQuote } from './letters.ts';
import { useWords } from './words.ts';

interface Props {
  letter: DemoLetter;
  onAnswer: (letter: DemoLetter) => void;
}

/** One letter, as a mail program shows it. */
export function LetterView({ letter, onAnswer }: Props) {
  const words = useWords();
  const { t } = useTranslation();
  const now = useNow();
  const { said, quoted } = splitQuote(letter.text);
  return (
    <article className={styles.letter}>
      <h2 className="plain">{letter.subject || words.noSubject}</h2>
      <div className={styles.letterHead}>
        <CustomerSquare name={nameIn(letter.from)} size={32} />
        <p>
          <b className={styles.letterFrom}>{letter.from}</b>
          <span>
            {words.to} {letter.to}
          </span>
        </p>
        <time className="num" dateTime={letter.at}>
          {messageTime(new Date(letter.at), now, t)}
        </time>
      </div>
      <p className={styles.text}>
        <TextWithLinks text={said} />
      </p>
      {quoted !== '' && (
        <details className={styles.quote}>
          <summary>{words.quote}</summary>
          <p>{quoted}</p>
        </details>
      )}
      {isReceived(letter) && (
        <Button
          look="solid"
          icon={<IconArrowBackUp size={16} stroke={1.7} aria-hidden="true" />}
          onClick={() => onAnswer(letter)}
        >
          {words.answer}
        </Button>
      )}
    </article>
  );
}
