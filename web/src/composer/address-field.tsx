import type { Address } from '@madoguchi/contract';
import { IconX } from '@tabler/icons-react';
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { belongsToInput } from '../ui/shortcuts.ts';
import { CustomerSquare } from '../ui/who.tsx';
import { isAddress, readAddresses, withAddresses, writeAddress } from './addresses.ts';
import styles from './composer.module.css';

interface Props {
  label: string;
  value: readonly Address[];
  onChange: (value: Address[]) => void;
  focused?: boolean;
  children?: ReactNode;
}

/** Recipients as chips, each with its address; a click turns one back into text. */
export function AddressField({ label, value, onChange, focused = false, children }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');

  const commit = (words: string) => {
    const more = readAddresses(words);
    setText('');
    if (more.length > 0) onChange(withAddresses(value, more));
  };
  const edit = (address: Address) => {
    if (text.trim() !== '') commit(text);
    onChange(value.filter((each) => each !== address));
    setText(writeAddress(address));
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (belongsToInput(event.nativeEvent)) return;
    const last = value.at(-1);
    if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === ',') {
      event.preventDefault();
      commit(text);
    } else if (event.key === 'Backspace' && text === '' && last !== undefined) {
      event.preventDefault();
      edit(last);
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text');
    if (!/[@＠]/.test(pasted) || text !== '') return;
    event.preventDefault();
    commit(pasted);
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <div className={styles.chips}>
        {value.map((each) => {
          const bad = !isAddress(each.address);
          return (
            <span key={each.address} className={styles.chip} data-bad={bad || undefined}>
              <button
                type="button"
                title={bad ? t('composer.badAddress') : undefined}
                aria-label={t('composer.editAddress', { address: writeAddress(each) })}
                onClick={() => edit(each)}
              >
                <CustomerSquare name={each.name || each.address} size={20} />
                {each.name !== '' && <span className="cut">{each.name}</span>}
                <small className="cut">{each.address}</small>
              </button>
              <button
                type="button"
                className={styles.remove}
                aria-label={t('composer.removeAddress', { address: each.address })}
                onClick={() => onChange(value.filter((other) => other !== each))}
              >
                <IconX size={14} stroke={1.8} aria-hidden="true" />
              </button>
            </span>
          );
        })}
        <input
          id={id}
          ref={field}
          value={text}
          inputMode="email"
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: a person has just asked to write, and this is the first thing to fill in
          autoFocus={focused}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => commit(text)}
        />
      </div>
      {children}
    </div>
  );
}
