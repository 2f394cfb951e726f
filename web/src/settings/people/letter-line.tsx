import type { HouseLetter, Member } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../data/clock.ts';
import { replyWords } from '../../data/reply-words.ts';
import { Button } from '../../ui/button.tsx';
import { fullTime } from '../../ui/time-words.ts';
import { isLost } from './letters.ts';
import styles from './people.module.css';

interface Props {
  member: Member;
  letter: HouseLetter;
  /** Left out where no link would help, or none may be made. */
  onLink: (() => void) | undefined;
}

/** What became of the house's letter to a person, and the other way to reach him when it did not arrive. */
export function LetterLine({ member, letter, onLink }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const { kind, state, settledAt, createdAt } = letter;
  if (state === 'dropped') return null;
  const lost = isLost(letter);
  // With the link of a new letter somebody who is invited sets his first password.
  const asked = member.state === 'invited' ? 'invitation' : kind;
  const reply = replyWords(letter.reply, t);
  const isPutOff = state === 'waiting' && letter.reply !== '';
  return (
    <span className={styles.letter}>
      <span className={lost ? styles.lost : undefined}>
        {t('people.letterLine', {
          letter: t(`people.letter.${asked}`),
          state: t(isPutOff ? 'people.letterAgain' : `people.letterState.${state}`),
        })}
        <span className={`${styles.when} num`}>{fullTime(new Date(settledAt ?? createdAt), now, t)}</span>
      </span>
      {(lost || isPutOff) && reply.text !== '' && (
        <span className={`${styles.reply} plain`} lang={reply.lang}>
          {/* Our own words are in the person's language; a server's are quoted. */}
          {reply.lang === undefined ? reply.text : t('people.letterReply', { reply: reply.text })}
        </span>
      )}
      {lost && kind !== 'unusual_sign_in' && onLink !== undefined && (
        <span className={styles.copy}>
          <Button size="sm" aria-label={t('people.copyLinkOf', { name: member.name })} onClick={onLink}>
            {t('people.copyLink')}
          </Button>
        </span>
      )}
    </span>
  );
}
