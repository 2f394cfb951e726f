import { useBlocker } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import styles from './settings.module.css';
import type { FormRefusal } from './use-form.ts';

interface Props {
  changes: number;
  /** Why the last try to save failed; null when it did not. */
  refusal: FormRefusal;
  busy: boolean;
  onDiscard: () => void;
  onSave: () => void;
}

/** Floats in while something is changed, with what the server would not take; Ctrl+S saves, leaving asks. */
export function SaveBar({ changes, refusal, busy, onDiscard, onSave }: Props) {
  const { t } = useTranslation();
  const leaving = useBlocker({
    // A jump to another field of the same page leaves nothing behind.
    shouldBlockFn: ({ current, next }) => changes > 0 && current.pathname !== next.pathname,
    withResolver: true,
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.code !== 'KeyS' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (changes > 0) onSave();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [changes, onSave]);
  return (
    <>
      {changes > 0 && (
        <div className={styles.savebar}>
          {refusal !== null && (
            <p className={styles.refusal} role="alert">
              {t('form.failed', { reason: refusal.words })}
            </p>
          )}
          <span className="num grow" role="status">
            {t('form.changes', { count: changes })}
          </span>
          <Button look="quiet" onClick={onDiscard}>
            {t('form.discard')}
          </Button>
          <Button look="solid" busy={busy} onClick={onSave}>
            {t('form.save')}
          </Button>
        </div>
      )}
      <Ask
        opened={leaving.status === 'blocked'}
        title={t('settings.title')}
        text={t('form.leave')}
        verb={t('form.leaveGo')}
        onYes={() => leaving.proceed?.()}
        onNo={() => leaving.reset?.()}
      />
    </>
  );
}
