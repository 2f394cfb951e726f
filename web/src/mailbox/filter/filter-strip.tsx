import type { SavedFilter } from '@madoguchi/contract';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/button.tsx';
import styles from './filter.module.css';
import { useFilterWords } from './use-filter-words.ts';

/** Above the rows, while something narrows them: what, and the way back. */
export function FilterStrip({ filter, onClear }: { filter: SavedFilter; onClear: () => void }) {
  const { t } = useTranslation();
  const words = useFilterWords(filter);
  return (
    <div className={styles.on} role="status">
      <span className="cut grow" title={words}>
        {t('filter.on')}
        {words !== '' && `: ${words}`}
      </span>
      <IconButton size="sm" label={t('filter.clear')} onClick={onClear}>
        <IconX size={16} stroke={1.7} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
