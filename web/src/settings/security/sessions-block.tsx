import { endOtherSessionsRoute, endSessionRoute, listSessionsRoute, type Session } from '@madoguchi/contract';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/client.ts';
import { useNow } from '../../data/clock.ts';
import { keys } from '../../data/keys.ts';
import { Button } from '../../ui/button.tsx';
import { Ask } from '../../ui/dialog.tsx';
import { fullTime } from '../../ui/time-words.ts';
import { Block } from '../block.tsx';
import styles from './security.module.css';
import { useAct } from './use-act.ts';

const HANDHELD = /iPhone|iPad|Android/i;

/** ログイン中の端末: this one first, each of the others with a way to end it. */
export function SessionsBlock() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, run } = useAct();
  const [asking, setAsking] = useState(false);
  const { data: sessions } = useQuery({
    queryKey: keys.sessions(),
    queryFn: async ({ signal }) => (await call(listSessionsRoute, {}, { signal })).items,
  });
  const refetch = () => queries.invalidateQueries({ queryKey: keys.sessions() });
  const endOne = ({ id }: Session) =>
    run(async () => {
      await call(endSessionRoute, { params: { sessionId: id } });
      await refetch();
      return t('safety.endedOne');
    });
  const endOthers = () =>
    run(async () => {
      setAsking(false);
      const { ended } = await call(endOtherSessionsRoute, {});
      await refetch();
      return t('safety.endedOthers', { count: ended });
    });
  const sorted = [...(sessions ?? [])].sort(
    (a, b) => Number(b.current) - Number(a.current) || b.lastActiveAt.localeCompare(a.lastActiveAt),
  );
  return (
    <Block title={t('safety.sessions')} text={t('safety.sessionsText')} anchor="sessions">
      <ul className={styles.rows} aria-label={t('safety.sessions')}>
        {sorted.map((session) => (
          <SessionRow key={session.id} session={session} busy={busy} onEnd={() => endOne(session)} />
        ))}
      </ul>
      {sorted.length > 1 && <Button onClick={() => setAsking(true)}>{t('safety.endOthers')}</Button>}
      {sorted.length === 1 && <p className={styles.none}>{t('safety.onlyHere')}</p>}
      <Ask
        opened={asking}
        title={t('safety.askEndOthers')}
        text={t('safety.askEndOthersText')}
        verb={t('safety.endOthers')}
        onYes={endOthers}
        onNo={() => setAsking(false)}
      />
    </Block>
  );
}

function SessionRow({ session, busy, onEnd }: { session: Session; busy: boolean; onEnd: () => void }) {
  const { t } = useTranslation();
  const now = useNow();
  const device = session.device || t('safety.unknownDevice');
  const Icon = HANDHELD.test(session.device) ? IconDeviceMobile : IconDeviceDesktop;
  const active = t('safety.lastActive', { time: fullTime(new Date(session.lastActiveAt), now, t) });
  return (
    <li className={styles.row}>
      <Icon size={20} stroke={1.6} aria-hidden="true" />
      <span className="grow">
        {device}
        {session.current && <b className={styles.here}>{t('safety.here')}</b>}
        <small className="num plain">
          {[session.address, active].filter((part) => part !== '').join('・')}
        </small>
      </span>
      {!session.current && (
        <Button
          size="sm"
          look="quiet"
          disabled={busy}
          aria-label={t('safety.endOf', { device })}
          onClick={onEnd}
        >
          {t('safety.endOne')}
        </Button>
      )}
    </li>
  );
}
