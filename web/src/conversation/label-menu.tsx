import type { Conversation } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';
import { useLabelsOf } from '../data/queries.ts';
import { LabelTag } from '../ui/label-tag.tsx';
import { Popover } from '../ui/popover.tsx';
import type { Changes } from './changes.ts';
import styles from './conversation.module.css';
import { LabelPicker } from './label-picker.tsx';
import type { Rights } from './use-rights.ts';

interface Props {
  conversation: Conversation;
  rights: Rights;
  changes: Changes;
  opened: boolean;
  onOpen: (opened: boolean) => void;
  phone: boolean;
}

/** The labels in the head; without any, a word that offers them shows itself under the pointer. */
export function LabelMenu({ conversation, rights, changes, opened, onOpen, phone }: Props) {
  const { t } = useTranslation();
  const labels = useLabelsOf(conversation.labelIds);
  const most = phone ? 2 : 3;
  const shown = (
    <>
      {labels.slice(0, most).map((label) => (
        <LabelTag key={label.id} label={label} />
      ))}
      {labels.length > most && (
        <span className={`${styles.number} num`} title={labels.map(({ name }) => name).join('、')}>
          +{labels.length - most}
        </span>
      )}
    </>
  );
  const said = t('label.said', { names: labels.map(({ name }) => name).join('、') });
  if (!rights.label) {
    if (labels.length === 0) return null;
    return (
      <span className={`${styles.pick} ${styles.labels}`}>
        <span className="sr">{said}</span>
        <span className={styles.labels} aria-hidden="true">
          {shown}
        </span>
      </span>
    );
  }
  return (
    <Popover
      label={t('label.choose')}
      width={260}
      opened={opened}
      onChange={onOpen}
      target={
        <button
          type="button"
          className={`${styles.pick} ${styles.labels}`}
          data-empty={labels.length === 0 || undefined}
          title={`${t('label.choose')}（L）`}
          aria-label={labels.length === 0 ? t('label.choose') : said}
          onClick={() => onOpen(!opened)}
        >
          {labels.length > 0 ? shown : <span className={styles.number}>＋{t('label.put')}</span>}
        </button>
      }
    >
      <LabelPicker
        items={[conversation]}
        onSet={(label, on) => changes.setLabel(conversation, label, on)}
        onClose={() => onOpen(false)}
      />
    </Popover>
  );
}
