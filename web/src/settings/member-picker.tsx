import { IconUsers } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holds } from '../ui/fold.ts';
import { optionKeys } from '../ui/option-keys.ts';
import { MemberCircle } from '../ui/who.tsx';
import styles from './picker.module.css';

const MOST = 6;

export interface Choice {
  id: string;
  name: string;
  /** What stands beside it: an address, or how many are in a team. */
  text: string;
  /** Null for a team. */
  tint: number | null;
}

interface Props {
  label: string;
  hint?: string;
  choices: readonly Choice[];
  onPick: (id: string) => void;
}

/** Adds people or teams by searching: arrows choose, Enter adds, Escape empties; the field stays for the next. */
export function MemberPicker({ label, hint, choices, onPick }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [words, setWords] = useState('');
  const [opened, setOpened] = useState(false);
  const [at, setAt] = useState(0);
  const found = choices.filter(({ name, text }) => holds(`${name} ${text}`, words)).slice(0, MOST);
  const pick = (choice: Choice) => {
    onPick(choice.id);
    setWords('');
    setAt(0);
    // Closed until more is typed: what lies below it can be reached.
    setOpened(false);
  };
  const chosen = opened ? found[at] : undefined;
  const onKey = (event: KeyboardEvent) =>
    optionKeys(event, {
      count: found.length,
      at,
      onMove: opened ? setAt : () => setOpened(true),
      onChoose: chosen === undefined ? undefined : () => pick(chosen),
      onClose: opened ? () => setOpened(false) : undefined,
    });
  return (
    <div className={styles.picker}>
      <label htmlFor={id}>
        {label}
        {hint !== undefined && <small className={styles.hint}>{hint}</small>}
      </label>
      <input
        id={id}
        role="combobox"
        aria-expanded={opened}
        aria-controls={`${id}-list`}
        aria-activedescendant={opened && found[at] !== undefined ? `${id}-${at}` : undefined}
        autoComplete="off"
        value={words}
        onClick={() => setOpened(true)}
        onBlur={() => setOpened(false)}
        onChange={(event) => {
          setWords(event.target.value);
          setOpened(true);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      {opened && (
        <div role="listbox" id={`${id}-list`} aria-label={label} className={styles.list}>
          {found.map((choice, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the chosen one
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field listens for the keys
            <div
              key={choice.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              aria-label={choice.name}
              className={styles.option}
              onPointerMove={() => setAt(index)}
              // The field must not lose the focus, or the list would close before the click.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(choice)}
            >
              <ChoiceMark choice={choice} />
              <span className="cut grow">{choice.name}</span>
              <small className="cut">{choice.text}</small>
            </div>
          ))}
          {found.length === 0 && <p role="status">{t('access.notFound')}</p>}
        </div>
      )}
    </div>
  );
}

/** A person's circle, or the sign of a team. */
export const ChoiceMark = ({ choice: { name, tint } }: { choice: Pick<Choice, 'name' | 'tint'> }) =>
  tint === null ? (
    <span className={styles.team} aria-hidden="true">
      <IconUsers size={16} stroke={1.7} />
    </span>
  ) : (
    <MemberCircle member={{ name, tint }} silent />
  );
