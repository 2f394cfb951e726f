import type { ConversationItem } from '@madoguchi/contract';
import { IconCheck, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Changes } from '../conversation/changes.ts';
import { LaterMenu } from '../conversation/head/later-menu.tsx';
import { IconButton } from '../ui/button.tsx';
import styles from './list.module.css';
import { customerName } from './row.tsx';
import { useItemActs } from './use-item-acts.ts';

interface Props {
  item: ConversationItem;
  top: number;
  onDone: () => void;
  onMine: () => void;
  changes: Changes;
}

/**
 * One toolbar for the whole list, laid over the row under the pointer: a row with buttons inside would be
 * no option of a list box. The keyboard has E, M and H.
 */
export function RowActs({ item, top, onDone, onMine, changes }: Props) {
  const { t } = useTranslation();
  const acts = useItemActs();
  const mayFinish = item.status !== 'done' && acts.maySetStatus(item);
  const [later, setLater] = useState(false);
  const mayPutOff = acts.mayPutOff(item);
  const mayTake = acts.mayTake(item);
  if (!mayFinish && !mayTake && !mayPutOff) return null;
  return (
    <div
      className={styles.acts}
      role="toolbar"
      aria-label={t('list.rowActs', { name: customerName(item) || t('list.noName') })}
      style={{ top: top + 5 }}
    >
      {mayFinish && (
        <IconButton label={t('act.done')} shortcut="E" size="sm" onClick={onDone}>
          <IconCheck size={16} stroke={1.7} aria-hidden="true" />
        </IconButton>
      )}
      {mayTake && (
        <IconButton label={t('act.toMe')} shortcut="M" size="sm" onClick={onMine}>
          <IconUserPlus size={16} stroke={1.7} aria-hidden="true" />
        </IconButton>
      )}
      {mayPutOff && (
        <LaterMenu size="sm" opened={later} onOpened={setLater} onChoose={(at) => changes.snooze(item, at)} />
      )}
    </div>
  );
}
