import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './list.module.css';
import { type Tab, tabs } from './view.ts';

interface Props {
  tab: Tab;
  countOf: (tab: Tab) => number | null;
  onTab: (tab: Tab) => void;
}

export function Tabs({ tab, countOf, onTab }: Props) {
  const { t } = useTranslation();
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[tabs.indexOf(tab) + step];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    onTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div className={styles.tabs} role="tablist" aria-label={t('tab.label')}>
      {tabs.map((each) => {
        const count = countOf(each);
        return (
          <button
            key={each}
            id={`tab-${each}`}
            type="button"
            className={`${styles.tab} palt`}
            role="tab"
            aria-selected={each === tab}
            aria-controls="rows"
            tabIndex={each === tab ? 0 : -1}
            onClick={() => onTab(each)}
            onKeyDown={onKeyDown}
          >
            {t(`tab.${each}`)}
            {count !== null && count > 0 && <span className="num">{count}</span>}
          </button>
        );
      })}
    </div>
  );
}
