import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './toast-stack.module.css';
import { dismissToast, type Toast, useToasts } from './toasts.ts';

const SHOWN = 8_000;
const STEP = 250;

const secondsUntil = (until: number) => Math.max(0, Math.ceil((until - Date.now()) / 1000));

/** The seconds that are left of a toast whose moment somebody else's clock decides; undefined for all others. */
function useCountdown({ id, undoUntil }: Toast): number | undefined {
  const [left, setLeft] = useState(undoUntil === undefined ? undefined : secondsUntil(undoUntil));
  useEffect(() => {
    if (undoUntil === undefined) return;
    const timer = setInterval(() => {
      setLeft(secondsUntil(undoUntil));
      if (Date.now() >= undoUntil) dismissToast(id);
    }, STEP);
    return () => clearInterval(timer);
  }, [id, undoUntil]);
  return left;
}

/** The time of a toast stands still under the pointer and while the window is hidden. */
function useFade(id: number, enabled: boolean) {
  const [paused, setPaused] = useState(false);
  const left = useRef(SHOWN);
  useEffect(() => {
    if (!enabled) return;
    const timer = setInterval(() => {
      if (paused || document.visibilityState === 'hidden') return;
      left.current -= STEP;
      if (left.current <= 0) dismissToast(id);
    }, STEP);
    return () => clearInterval(timer);
  }, [id, paused, enabled]);
  return setPaused;
}

function ToastCard({ toast }: { toast: Toast }) {
  const { t } = useTranslation();
  const left = useCountdown(toast);
  const setPaused = useFade(toast.id, left === undefined);
  const undo = () => {
    dismissToast(toast.id);
    toast.undo?.();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only stops its clock
    <div className={styles.toast} onMouseEnter={() => setPaused(true)} onMouseLeave={() => setPaused(false)}>
      <span className="phrase">{toast.words}</span>
      {toast.undo === undefined ? (
        <button type="button" aria-label={t('act.dismiss')} onClick={() => dismissToast(toast.id)}>
          <IconX size={16} stroke={1.7} aria-hidden="true" />
        </button>
      ) : (
        <button type="button" onClick={undo}>
          {toast.undoVerb ?? t('act.undo')}
          {left !== undefined && (
            <span className={`${styles.left} num`} aria-hidden="true">
              {left}
            </span>
          )}
        </button>
      )}
    </div>
  );
}

export function ToastStack() {
  const { t } = useTranslation();
  const toasts = useToasts();
  return (
    <section className={styles.stack} aria-label={t('toast.region')} aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}
