import type { Conversation } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { faultWords } from '../data/fault.ts';
import { useMemberById } from '../data/queries.ts';
import { Button } from '../ui/button.tsx';
import { familyName } from '../ui/family-name.ts';
import { messageTime } from '../ui/time-words.ts';
import { LostStrip } from './lost-strip.tsx';
import type { Stale } from './stale.ts';
import { StopStrip } from './stop-strip.tsx';
import type { Reply } from './use-reply.ts';

/** The one thing that stops the answer now, the most severe first, with what to do about it. */
export function ReplyStrip({ reply, conversation }: { reply: Reply; conversation: Conversation }) {
  const { t } = useTranslation();
  const { hold, refused, draft, beginning, stale } = reply;
  if (hold.state.kind === 'refused') {
    return <HeldStrip reply={reply} by={hold.state.by ?? conversation.hold?.memberId ?? null} />;
  }
  if (hold.state.kind === 'lost') return <LostStrip reply={reply} lost={hold.state.lost} />;
  if (refused !== null) return <RefusedStrip reply={reply} refused={refused} />;
  if (draft.state.kind === 'conflict') {
    return (
      <StopStrip title={t('composer.conflict')} text={t('composer.conflictHint')}>
        <Button onClick={() => reply.settle('theirs')}>{t('composer.takeTheirs')}</Button>
        <Button onClick={() => reply.settle('mine')}>{t('composer.keepMine')}</Button>
      </StopStrip>
    );
  }
  if (beginning.failed !== null) {
    return (
      <StopStrip title={t('composer.beginFailed')} text={faultWords(beginning.failed, t)}>
        <Button onClick={beginning.again}>{t('act.retry')}</Button>
      </StopStrip>
    );
  }
  return stale === null ? null : <StaleStrip stale={stale} onLook={reply.look} />;
}

function HeldStrip({ reply, by }: { reply: Reply; by: Conversation['assigneeId'] }) {
  const { t } = useTranslation();
  const name = familyName(useMemberById()(by)?.name ?? '');
  return (
    <StopStrip title={t('hold.heldByOther', { name })} text={t('composer.heldHint')}>
      <Button onClick={reply.stop}>{t('composer.keepDraft')}</Button>
      <Button onClick={reply.hold.retry}>{t('composer.tryAgain')}</Button>
    </StopStrip>
  );
}

function RefusedStrip({ reply, refused }: { reply: Reply; refused: NonNullable<Reply['refused']> }) {
  const { t } = useTranslation();
  const now = useNow();
  const first = refused.kind === 'first' ? refused.answered : null;
  const answered = first && { name: first.name, time: messageTime(new Date(first.at), now, t) };
  const title = {
    first: () => (answered === null ? t('composer.refusedFirst') : t('together.refusedAnswered', answered)),
    held: () => t('composer.refusedHeld', { name: refused.kind === 'held' ? refused.name : '' }),
    other: () => t('composer.notSent', { reason: refused.kind === 'other' ? refused.words : '' }),
  }[refused.kind]();
  return (
    <StopStrip title={title} text={t('composer.refusedHint')}>
      <Button onClick={reply.stop}>{t('composer.keepDraft')}</Button>
      <Button onClick={reply.forgive}>{t('composer.looked')}</Button>
    </StopStrip>
  );
}

function StaleStrip({ stale, onLook }: { stale: Stale; onLook: () => void }) {
  const { t } = useTranslation();
  const now = useNow();
  const memberById = useMemberById();
  const named = 'name' in stale ? stale : null;
  const writer = familyName(memberById(named?.memberId ?? null)?.name ?? named?.name ?? '');
  const time = named === null ? '' : messageTime(new Date(named.at), now, t);
  const title = {
    answer: () => t('together.answered', { name: writer, time }),
    customer: () => t('composer.stale', { name: named?.name ?? '' }),
    note: () => t('composer.staleNote', { name: writer }),
    colleague: () => t('composer.staleColleague', { name: writer }),
    elsewhere: () => t('composer.staleElsewhere'),
  }[stale.kind]();
  return (
    <StopStrip title={title} text={t('composer.staleHint')}>
      <Button onClick={onLook}>{t('composer.looked')}</Button>
    </StopStrip>
  );
}
