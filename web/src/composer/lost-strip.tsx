import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { useMemberById } from '../data/queries.ts';
import { Button } from '../ui/button.tsx';
import { familyName } from '../ui/family-name.ts';
import { messageTime } from '../ui/time-words.ts';
import type { Lost } from './lost-hold.ts';
import { StopStrip } from './stop-strip.tsx';
import type { Reply } from './use-reply.ts';

/** The hold ended while one was writing: why, by whom, and how to go on. The words stay. */
export function LostStrip({ reply, lost }: { reply: Reply; lost: Lost }) {
  const { t } = useTranslation();
  const now = useNow();
  const memberById = useMemberById();
  const name = familyName(memberById(lost.by)?.name ?? '');
  const title = {
    taken_over: () => t('together.handedOver', { name }),
    broken: () => t('together.broken', { name, reason: lost.words ?? '' }),
    idle: () => t('together.idle'),
    elsewhere: () => t('together.elsewhere'),
  }[lost.reason]();
  const { stale } = reply;
  const answered = stale?.kind === 'answer' && {
    name: familyName(memberById(stale.memberId)?.name ?? stale.name),
    time: messageTime(new Date(stale.at), now, t),
  };
  const more = answered ? t('together.answered', answered) : '';
  return (
    <StopStrip title={`${title}${more}`} text={t(`together.hint.${lost.reason}`)}>
      {lost.reason === 'broken' && <Button onClick={reply.stop}>{t('composer.keepDraft')}</Button>}
      {lost.reason !== 'taken_over' && (
        <Button onClick={reply.hold.retry}>{t(`together.again.${lost.reason}`)}</Button>
      )}
    </StopStrip>
  );
}
