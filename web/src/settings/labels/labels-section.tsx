import type { Label } from '@madoguchi/contract';
import { IconTags } from '@tabler/icons-react';
import { type CSSProperties, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLabels } from '../../data/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/states.tsx';
import form from '../settings.module.css';
import { LabelForm } from './label-form.tsx';
import styles from './labels.module.css';

/** The labels of the workspace; each opens to be changed or deleted. */
export function LabelsSection() {
  const { t } = useTranslation();
  const labels = useLabels();
  const [editing, setEditing] = useState<Label | 'new' | null>(null);
  const close = () => setEditing(null);
  const title =
    editing === null || editing === 'new' ? t('label.add') : t('label.editOf', { name: editing.name });
  return (
    <div className={form.form}>
      <div className={form.top}>
        <h2>{t('label.title')}</h2>
        <span className="grow muted small">{t('label.lead')}</span>
        <Button look="solid" onClick={() => setEditing('new')}>
          {t('label.add')}
        </Button>
      </div>
      {labels.length === 0 && (
        <EmptyState icon={<IconTags />} title={t('label.none')} hint={t('label.noneHint')} />
      )}
      {labels.length > 0 && (
        <ul className={styles.labels}>
          {labels.map((label) => (
            <li key={label.id}>
              <span
                className={form.swatch}
                style={{ '--tint': `var(--label-${label.tint})` } as CSSProperties}
                aria-hidden="true"
              />
              <span className="cut grow">{label.name}</span>
              <Button
                size="sm"
                aria-label={t('label.editOf', { name: label.name })}
                onClick={() => setEditing(label)}
              >
                {t('label.edit')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Dialog opened={editing !== null} title={title} onClose={close}>
        {editing !== null && <LabelForm label={editing === 'new' ? null : editing} onClose={close} />}
      </Dialog>
    </div>
  );
}
