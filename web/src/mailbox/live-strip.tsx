import { IconAlertTriangle, IconWifiOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { useConnection } from '../data/connection.ts';
import { Strip } from '../ui/strip.tsx';
import { rowTime } from '../ui/time-words.ts';

/** Says when the page is no longer told of changes, and goes by itself. */
export function LiveStrip() {
  const { t } = useTranslation();
  const now = useNow();
  const { state, freshAt } = useConnection();
  if (state === 'live') return null;
  if (state === 'offline') {
    return (
      <Strip role="status" icon={<IconWifiOff size={16} stroke={1.7} aria-hidden="true" />}>
        <span>
          <b>{t('live.offline')}</b> {t('live.offlineHint', { time: rowTime(freshAt, now, t) })}
        </span>
      </Strip>
    );
  }
  return (
    <Strip tone="alarm" role="status" icon={<IconAlertTriangle size={16} stroke={1.7} aria-hidden="true" />}>
      <span>
        <b>{t('live.cut')}</b> {t('live.cutHint')}
      </span>
    </Strip>
  );
}
