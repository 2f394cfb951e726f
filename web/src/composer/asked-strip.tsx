import type { TakeOver } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';
import { until, useSecond } from '../data/clock.ts';
import { useMemberById } from '../data/queries.ts';
import { Button } from '../ui/button.tsx';
import { familyName } from '../ui/family-name.ts';
import { exactDuration } from '../ui/time-words.ts';
import styles from './composer.module.css';
import type { Reply } from './use-reply.ts';

/** A colleague asks to take over: thirty seconds to say so or so; silence gives, typing goes on. */
export function AskedStrip({ reply, asked }: { reply: Reply; asked: TakeOver }) {
  const { t } = useTranslation();
  const now = useSecond();
  const name = familyName(useMemberById()(asked.memberId)?.name ?? '');
  return (
    <div className={styles.asked}>
      <div className="grow">
        <b role="alert">{t('together.asks', { name })}</b>
        <p className="num">
          {t('together.asksHint', { time: exactDuration(until(asked.expiresAt, now), t) })}
        </p>
      </div>
      <Button onClick={() => reply.answer(true)}>{t('together.give')}</Button>
      <Button look="solid" onClick={() => reply.answer(false)}>
        {t('together.goOn')}
      </Button>
    </div>
  );
}
