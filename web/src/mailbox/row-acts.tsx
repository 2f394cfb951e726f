import type { ConversationItem } from '@madoguchi/contract';
import { IconCheck, IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/button.tsx';
import styles from './list.module.css';
import { customerName } from './row.tsx';

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
  return (
    <div
      className={styles.acts}
      role="toolbar"
      aria-label={t('list.rowActs', { name: customerName(item) || t('list.noName') })}
      style={{ top: top + 5 }}
    >
      {item.status !== 'done' && (
        <IconButton label={t('act.done')} shortcut="E" size="sm" onClick={onDone}>
          <IconCheck size={16} stroke={1.7} aria-hidden="true" />
        </IconButton>
      )}
      <IconButton label={t('act.toMe')} shortcut="M" size="sm" onClick={onMine}>
        <IconUserPlus size={16} stroke={1.7} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
