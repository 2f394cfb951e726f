import { IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { belongsToInput } from '../../ui/shortcuts.ts';
import styles from './people.module.css';

const MOST = 50;

interface Props {
  label: string;
  hint: string;
  tags: string[];
  /** What others have already, offered while typing, so that one thing gets one word. */
  known: readonly string[];
  onChange: (tags: string[]) => void;
}

/** Short words about a person: Enter or a comma adds one, Backspace in the empty field takes the last. */
export function TagField({ label, hint, tags, known, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [words, setWords] = useState('');
  const add = (text: string) => {
    const fresh = text
      .split(/[,、，]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '' && tag.length <= MOST && !tags.includes(tag));
    if (fresh.length > 0) onChange([...tags, ...new Set(fresh)].slice(0, MOST));
    setWords('');
  };
  const onKey = (event: KeyboardEvent) => {
    if (belongsToInput(event.nativeEvent)) return;
    if (event.key === 'Enter' && words.trim() !== '') {
      event.preventDefault();
      add(words);
    } else if (event.key === 'Backspace' && words === '' && tags.length > 0) {
      onChange(tags.slice(0, -1));
    }
  };
  return (
    <div>
      <label className={styles.tagLabel} htmlFor={id}>
        {label}
        <small>
          {hint}　{t('people.tagHint')}
        </small>
      </label>
      <div className={styles.tags}>
        {tags.map((tag) => (
          <span key={tag} className={styles.tag}>
            {tag}
            <button
              type="button"
              aria-label={t('people.removeTag', { name: tag })}
              onClick={() => onChange(tags.filter((each) => each !== tag))}
            >
              <IconX size={12} stroke={1.8} aria-hidden="true" />
            </button>
          </span>
        ))}
        <input
          id={id}
          list={`${id}-known`}
          maxLength={MOST}
          value={words}
          onChange={(event) =>
            /[,、，]$/.test(event.target.value) ? add(event.target.value) : setWords(event.target.value)
          }
          onKeyDown={onKey}
          // What was typed and not ended by Enter is meant too.
          onBlur={() => add(words)}
        />
        <datalist id={`${id}-known`}>
          {known
            .filter((tag) => !tags.includes(tag))
            .map((tag) => (
              <option key={tag} value={tag} />
            ))}
        </datalist>
      </div>
    </div>
  );
}
