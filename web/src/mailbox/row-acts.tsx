import type { ConversationItem } from '@madoguchi/contract';
import { IconCheck, IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/button.tsx';
import styles from './list.module.css';
import { customerName } from './row.tsx';
import { useItemActs } from './use-item-acts.ts';

interface Props {
  item: ConversationItem;
  top: number;
  onDone: () => void;
  onMine: () => void;
}

/**
 * One toolbar for the whole list, laid over the row under the pointer: a row with buttons inside would be
 * no option of a list box. The keyboard has E and M.
 */
export function RowActs({ item, top, onDone, onMine }: Props) {
  const { t } = useTranslation();
  const acts = useItemActs();
  const mayFinish = item.status !== 'done' && acts.maySetStatus(item);
  const mayTake = acts.mayTake(item);
  if (!mayFinish && !mayTake) return null;
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
    </div>
  );
}
