import type { Conversation, Hold } from '@madoguchi/contract';
import { IconDots, IconHandGrab, IconLockOpen } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { until, useNow, useSecond } from '../data/clock.ts';
import { useConnection } from '../data/connection.ts';
import { useMe, useMemberById } from '../data/queries.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { familyName } from '../ui/family-name.ts';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { Strip } from '../ui/strip.tsx';
import { exactDuration, rowTime } from '../ui/time-words.ts';
import { MemberCircle } from '../ui/who.tsx';
import { BreakHold } from './break-hold.tsx';
import styles from './conversation.module.css';
import type { Rights } from './use-rights.ts';
import type { TakingOver } from './use-take-over.ts';

interface Props {
  conversation: Conversation;
  hold: Hold;
  rights: Rights;
  takeOver: TakingOver;
  /** What can be done here whoever answers. */
  children: ReactNode;
}

/** A lease is renewed every 25 s; one not renewed for longer belongs to a browser that is silent. */
const RENEWED_LEAST = 80_000;

/** Another answers: who, since when, and how to have it from him. */
export function HeldFoot({ conversation, hold, rights, takeOver, children }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const { state } = useConnection();
  const memberById = useMemberById();
  const member = memberById(hold.memberId);
  const [breaking, setBreaking] = useState(false);
  const askedByMe = hold.asked?.memberId === me.member.id;
  const mayAnswer = rights.answer || rights.forward;
  return (
    <>
      {state === 'cut' && <Strip tone="alarm">{t('hold.stale')}</Strip>}
      <footer className={`${styles.bar} ${styles.held}`}>
        <MemberCircle member={member} silent />
        <HeldWords hold={hold} name={familyName(member?.name ?? '')} />
        {askedByMe && <Button onClick={takeOver.withdraw}>{t('together.withdraw')}</Button>}
        {mayAnswer && hold.asked === null && (
          <Button icon={<IconHandGrab size={18} stroke={1.6} aria-hidden="true" />} onClick={takeOver.ask}>
            {t('together.takeOver')}
          </Button>
        )}
        {children}
        {rights.breakHold && (
          <Menu
            up
            align="end"
            target={
              <IconButton label={t('together.more')}>
                <IconDots size={18} stroke={1.6} aria-hidden="true" />
              </IconButton>
            }
          >
            <MenuItem
              icon={<IconLockOpen size={16} stroke={1.7} aria-hidden="true" />}
              onClick={() => setBreaking(true)}
            >
              {t('together.break')}
            </MenuItem>
          </Menu>
        )}
      </footer>
      <BreakHold
        conversation={conversation}
        name={familyName(member?.name ?? '')}
        opened={breaking}
        onClose={() => setBreaking(false)}
      />
    </>
  );
}

/** 佐藤さんが返信中, and the one thing to know besides. */
function HeldWords({ hold, name }: { hold: Hold; name: string }) {
  const { t } = useTranslation();
  const now = useNow();
  const second = useSecond();
  const me = useMe();
  const asker = familyName(useMemberById()(hold.asked?.memberId ?? null)?.name ?? '');
  const left = until(hold.expiresAt, second);
  const time = (milliseconds: number) => exactDuration(milliseconds, t);
  const beside = () => {
    if (hold.asked?.memberId === me.member.id)
      return t('together.youAsked', { time: time(until(hold.asked.expiresAt, second)) });
    if (hold.asked !== null) return t('together.othersAsked', { name: asker });
    if (left < RENEWED_LEAST) return t('hold.silent', { name, time: time(left) });
    return t('hold.since', { time: rowTime(new Date(hold.since), now, t) });
  };
  return (
    <p className="grow">
      <b role="status">{t('hold.heldByOther', { name })}</b>
      <span className="num">{beside()}</span>
    </p>
  );
}
