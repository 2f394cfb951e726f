import type { Mailbox } from '@madoguchi/contract';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { optionKeys } from '../../ui/option-keys.ts';
import { showFound } from '../block.tsx';
import type { Section } from '../sections.tsx';
import styles from './find.module.css';
import { type Found, useSearch } from './use-search.ts';

interface Props {
  sections: readonly Section[];
  mailboxes: readonly Mailbox[];
  /** True while words stand in the field: the results take the place of the list. */
  onFinding: (finding: boolean) => void;
}

/** 設定を検索: finds a setting by any word for it; arrows choose, Enter jumps, Escape empties. */
export function FindSetting({ sections, mailboxes, onFinding }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const navigate = useNavigate();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const search = useSearch(sections, mailboxes);
  const finding = words.trim() !== '';
  const found = finding ? search(words) : [];
  const type = (next: string) => {
    setWords(next);
    setAt(0);
    onFinding(next.trim() !== '');
  };
  const go = async ({ section, anchor }: Found) => {
    type('');
    await navigate({
      to: '/settings/$section',
      params: { section },
      ...(anchor === undefined ? {} : { hash: anchor }),
    });
    if (anchor !== undefined) showFound(document.getElementById(anchor));
  };
  const chosen = found[at];
  const onKey = (event: KeyboardEvent) =>
    optionKeys(event, {
      count: found.length,
      at,
      onMove: setAt,
      onChoose: chosen === undefined ? undefined : () => void go(chosen),
      onClose: finding ? () => type('') : undefined,
    });
  return (
    <div className={styles.find}>
      <IconSearch size={16} stroke={1.7} aria-hidden="true" />
      <input
        type="search"
        role="combobox"
        aria-label={t('find.label')}
        placeholder={t('find.label')}
        aria-expanded={finding}
        aria-controls={`${id}-list`}
        aria-activedescendant={found[at] === undefined ? undefined : `${id}-${at}`}
        autoComplete="off"
        value={words}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKey}
      />
      {finding && (
        <div role="listbox" id={`${id}-list`} aria-label={t('find.results')} className={styles.found}>
          {found.map((each, index) => (
            // The field keeps the focus and moves through them by its keys.
            // biome-ignore lint/a11y/useFocusableInteractive: the combobox names the chosen one
            // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox listens for the keys
            <div
              key={`${each.section} ${each.anchor} ${each.title}`}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              className={styles.option}
              onPointerMove={() => setAt(index)}
              onClick={() => void go(each)}
            >
              <span>{each.title}</span>
              {each.place !== '' && <small>{each.place}</small>}
            </div>
          ))}
        </div>
      )}
      {finding && found.length === 0 && (
        <p className={styles.nothing} role="status">
          {t('find.nothing')}
        </p>
      )}
    </div>
  );
}
