import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog, DialogActs } from '../../ui/dialog.tsx';
import { laterTimes, momentOfField } from '../../ui/later-times.ts';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { isAhead, WhenField } from '../../ui/when-field.tsx';
import { ICON } from './parts.tsx';

interface Props {
  opened: boolean;
  onOpened: (opened: boolean) => void;
  /** When what is put off comes back. */
  onChoose: (at: Date) => void;
  size?: 'md' | 'sm';
}

/** あとで: it leaves the list and comes back by itself. */
export function LaterMenu({ opened, onOpened, onChoose, size = 'md' }: Props) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [when, setWhen] = useState('');
  const choose = () => {
    const at = momentOfField(when);
    if (at === null) return;
    setAsking(false);
    onChoose(at);
  };
  return (
    <>
      <Menu
        align="end"
        opened={opened}
        onChange={onOpened}
        target={
          <IconButton label={t('standing.later')} shortcut="H" size={size}>
            <IconClock {...ICON} size={size === 'sm' ? 16 : ICON.size} />
          </IconButton>
        }
      >
        {laterTimes(new Date()).map(({ key, at }) => (
          <MenuItem key={key} onClick={() => onChoose(at)}>
            {t(`standing.times.${key}`)}
          </MenuItem>
        ))}
        <MenuLine />
        <MenuItem onClick={() => setAsking(true)}>{t('standing.chooseTime')}</MenuItem>
      </Menu>
      {asking && (
        <Dialog opened title={t('standing.laterTitle')} onClose={() => setAsking(false)}>
          <WhenField label={t('standing.wakeAt')} value={when} onChange={setWhen} />
          <DialogActs>
            <Button look="quiet" onClick={() => setAsking(false)}>
              {t('act.cancel')}
            </Button>
            <Button look="solid" disabled={!isAhead(when)} onClick={choose}>
              {t('standing.later')}
            </Button>
          </DialogActs>
        </Dialog>
      )}
    </>
  );
}
