import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import styles from './dialog.module.css';

interface Props {
  opened: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** False where the page behind cannot go on without an answer. */
  closable?: boolean;
  size?: number;
}

export function Dialog({ opened, title, onClose, children, closable = true, size = 440 }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      centered
      withCloseButton={closable}
      closeOnClickOutside={closable}
      closeOnEscape={closable}
      // The page itself never scrolls, and locking it writes a style that our policy refuses.
      lockScroll={false}
      closeButtonProps={{ 'aria-label': t('act.close') }}
      overlayProps={{ color: 'var(--veil)', backgroundOpacity: 1 }}
      radius="lg"
      shadow="xl"
      zIndex={30}
      transitionProps={{ duration: 120, exitDuration: 0, transition: 'fade' }}
      classNames={{
        title: styles.title ?? '',
        header: styles.header ?? '',
        body: styles.body ?? '',
        content: styles.content ?? '',
      }}
    >
      {children}
    </Modal>
  );
}

/** What a dialog asks, one below the other. */
export const DialogFields = ({ children }: { children: ReactNode }) => (
  <div className={styles.fields}>{children}</div>
);

/** The buttons below what a dialog asks. */
export const DialogActs = ({ children }: { children: ReactNode }) => (
  <div className={styles.acts}>{children}</div>
);

interface AskProps {
  opened: boolean;
  title: string;
  text: string;
  /** The verb: what the button does. */
  verb: string;
  danger?: boolean;
  onYes: () => void;
  onNo: () => void;
}

/** Asks before what cannot be undone; the verb stands on the button. */
export function Ask({ opened, title, text, verb, danger = false, onYes, onNo }: AskProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} title={title} onClose={onNo}>
      <p className="phrase">{text}</p>
      <DialogActs>
        <Button look="quiet" onClick={onNo}>
          {t('act.cancel')}
        </Button>
        <Button look={danger ? 'danger' : 'solid'} onClick={onYes} data-autofocus>
          {verb}
        </Button>
      </DialogActs>
    </Dialog>
  );
}
