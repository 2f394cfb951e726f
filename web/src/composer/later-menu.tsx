import { IconChevronDown, IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../data/clock.ts';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem, MenuLabel } from '../ui/menu.tsx';
import { useFrame } from '../ui/use-width.ts';
import styles from './composer.module.css';
import { laterChoices } from './later-choices.ts';
import { LaterDialog } from './later-dialog.tsx';

const ICON = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;
const clockOf = { today: '18:00', tomorrow: '9:00', monday: '9:00' } as const;

interface Props {
  /** Nothing can leave now, later neither. */
  blocked: boolean;
  onLater: (at: Date) => void;
}

/** The other half of 送信: 予約送信. On the phone, where 送信 stands at the top, it stands alone. */
export function LaterMenu({ blocked, onLater }: Props) {
  const { t } = useTranslation();
  const phone = useFrame() === 'phone';
  const [choosing, setChoosing] = useState(false);
  return (
    <>
      <Menu
        up
        align="end"
        target={
          <Button
            look={phone ? 'quiet' : 'solid'}
            className={styles.half ?? ''}
            aria-label={t('leaving.later')}
            disabled={blocked}
          >
            {phone ? <IconClock {...ICON} /> : <IconChevronDown {...ICON} />}
          </Button>
        }
      >
        <MenuLabel>{t('leaving.later')}</MenuLabel>
        {laterChoices(serverNow()).map(({ key, at }) => (
          <MenuItem key={key} icon={<IconClock {...ICON} />} onClick={() => onLater(at)}>
            {t(`leaving.${key}`, { time: clockOf[key] })}
          </MenuItem>
        ))}
        <MenuItem icon={<span />} onClick={() => setChoosing(true)}>
          {t('leaving.choose')}
        </MenuItem>
      </Menu>
      {choosing && <LaterDialog onClose={() => setChoosing(false)} onChoose={onLater} />}
    </>
  );
}
