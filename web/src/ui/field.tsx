import { IconChevronDown, IconEye, IconEyeOff } from '@tabler/icons-react';
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
  /** The words beside the field say it already: its label is only for those who cannot see them. */
  bare?: boolean | undefined;
  hint?: string | undefined;
  error?: string | undefined;
  /** A changed value that is not saved yet carries a ring. */
  changed?: boolean;
}

function Wrap({ id, label, bare, hint, error, children }: Around & { id: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label className={bare ? 'sr' : styles.label} htmlFor={id}>
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

/** What a number counts stands at the right end, inside the field. */
export function TextField({
  label,
  bare,
  hint,
  error,
  changed,
  unit,
  ...rest
}: TextProps & { unit?: string }) {
  const id = useId();
  return (
    <Wrap id={id} label={label} bare={bare} hint={hint} error={error}>
      <span className={styles.inside}>
        <input
          id={id}
          className={styles.input}
          data-changed={changed || undefined}
          aria-description={unit}
          {...described(id, error)}
          {...rest}
        />
        {unit !== undefined && (
          <span className={styles.unit} aria-hidden="true">
            {unit}
          </span>
        )}
      </span>
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

export const CODE_LENGTH = 6;

interface CodeProps extends Around {
  value: string;
  autoFocus?: boolean;
  onCode: (code: string) => void;
  /** Told at the last digit, so that nothing need be pressed. */
  onFull?: (code: string) => void;
}

/** Full-width digits, as a Japanese input leaves them, become the plain ones. */
const digits = (text: string) =>
  text
    .replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\D/g, '')
    .slice(0, CODE_LENGTH);

/** Six digits; the phone that holds the app fills them in by itself. */
export function CodeField({ label, hint, error, value, autoFocus, onCode, onFull }: CodeProps) {
  const id = useId();
  return (
    <Wrap id={id} label={label} hint={hint} error={error}>
      <input
        id={id}
        className={`${styles.input} ${styles.code}`}
        inputMode="numeric"
        autoComplete="one-time-code"
        // biome-ignore lint/a11y/noAutofocus: the step that shows it consists of this one field
        autoFocus={autoFocus}
        required
        value={value}
        {...described(id, error)}
        onChange={(event) => {
          const code = digits(event.target.value);
          onCode(code);
          if (code.length === CODE_LENGTH && code !== value) onFull?.(code);
        }}
      />
    </Wrap>
  );
}

export function TextArea({
  label,
  bare,
  hint,
  error,
  changed,
  ...rest
}: Around & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  return (
    <Wrap id={id} label={label} bare={bare} hint={hint} error={error}>
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
  bare,
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
    <Wrap id={id} label={label} bare={bare} hint={hint} error={error}>
      <span className={styles.inside}>
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
        <IconChevronDown size={16} stroke={1.8} aria-hidden="true" />
      </span>
    </Wrap>
  );
}
