import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './toast-stack.module.css';
import { dismissToast, type Toast, useToasts } from './toasts.ts';

const SHOWN = 8_000;
const STEP = 250;

/** The time of a toast stands still under the pointer and while the window is hidden. */
function useFade(id: number) {
  const [paused, setPaused] = useState(false);
  const left = useRef(SHOWN);
  useEffect(() => {
    const timer = setInterval(() => {
      if (paused || document.visibilityState === 'hidden') return;
      left.current -= STEP;
      if (left.current <= 0) dismissToast(id);
    }, STEP);
    return () => clearInterval(timer);
  }, [id, paused]);
  return setPaused;
}

function ToastCard({ toast }: { toast: Toast }) {
  const { t } = useTranslation();
  const setPaused = useFade(toast.id);
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
          {t('act.undo')}
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
