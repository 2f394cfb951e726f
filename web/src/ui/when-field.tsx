import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { TextField } from './field.tsx';
import { fieldOf, laterTimes, momentOfField } from './later-times.ts';
import styles from './when-field.module.css';

interface Props {
  label: string;
  /** As the field holds it; empty for no date. */
  value: string;
  onChange: (value: string) => void;
}

/** Whether what stands in the field is a moment that lies ahead. */
export const isAhead = (value: string): boolean => (momentOfField(value)?.getTime() ?? 0) > Date.now();

/** A day and a time, with the usual ones at hand. */
export function WhenField({ label, value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div>
      <TextField
        label={label}
        type="datetime-local"
        value={value}
        error={value === '' || isAhead(value) ? undefined : t('standing.notAhead')}
        onChange={(event) => onChange(event.target.value)}
      />
      <div className={styles.usual}>
        {laterTimes(new Date()).map(({ key, at }) => (
          <Button key={key} size="sm" onClick={() => onChange(fieldOf(at))}>
            {t(`standing.times.${key}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
