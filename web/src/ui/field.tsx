import { IconEye, IconEyeOff } from '@tabler/icons-react';
import {
  type InputHTMLAttributes,
  type ReactNode,
  type TextareaHTMLAttributes,
  useId,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './button.tsx';
import styles from './field.module.css';

interface Around {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** A changed value that is not saved yet carries a ring. */
  changed?: boolean;
}

function Wrap({ id, label, hint, error, children }: Around & { id: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {hint !== undefined && <small>{hint}</small>}
      </label>
      {children}
      {error !== undefined && (
        <p className={styles.error} id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

const described = (id: string, error: string | undefined) =>
  error === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-error` };

type TextProps = Around & InputHTMLAttributes<HTMLInputElement>;

export function TextField({ label, hint, error, changed, ...rest }: TextProps) {
  const id = useId();
  return (
    <Wrap id={id} label={label} hint={hint} error={error}>
      <input
        id={id}
        className={styles.input}
        data-changed={changed || undefined}
        {...described(id, error)}
        {...rest}
      />
    </Wrap>
  );
}

export function PasswordField({ label, hint, error, changed, ...rest }: TextProps) {
  const id = useId();
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const Icon = shown ? IconEyeOff : IconEye;
  return (
    <Wrap id={id} label={label} hint={hint} error={error}>
      <span className={styles.password}>
        <input
          id={id}
          className={styles.input}
          type={shown ? 'text' : 'password'}
          data-changed={changed || undefined}
          {...described(id, error)}
          {...rest}
        />
        <IconButton size="sm" label={t(shown ? 'form.hide' : 'form.show')} onClick={() => setShown(!shown)}>
          <Icon size={16} stroke={1.7} aria-hidden="true" />
        </IconButton>
      </span>
    </Wrap>
  );
}

export function TextArea({
  label,
  hint,
  error,
  changed,
  ...rest
}: Around & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  return (
    <Wrap id={id} label={label} hint={hint} error={error}>
      <textarea
        id={id}
        className={`${styles.input} ${styles.area}`}
        data-changed={changed || undefined}
        {...described(id, error)}
        {...rest}
      />
    </Wrap>
  );
}

interface ChoiceProps<T extends string> extends Around {
  value: T;
  choices: ReadonlyArray<{ value: T; label: string }>;
  onChoose: (value: T) => void;
  disabled?: boolean;
}

/** The browser's own list: known to everyone, and right on a phone. */
export function ChoiceField<T extends string>({
  label,
  hint,
  error,
  changed,
  value,
  choices,
  onChoose,
  disabled,
}: ChoiceProps<T>) {
  const id = useId();
  const choose = (text: string) => {
    const found = choices.find((choice) => choice.value === text);
    if (found !== undefined) onChoose(found.value);
  };
  return (
    <Wrap id={id} label={label} hint={hint} error={error}>
      <select
        id={id}
        className={styles.input}
        value={value}
        disabled={disabled}
        data-changed={changed || undefined}
        onChange={(event) => choose(event.target.value)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Wrap>
  );
}
