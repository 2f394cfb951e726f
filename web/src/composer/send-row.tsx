import type { AfterSend } from '@madoguchi/contract';
import { Tooltip } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { StatusShape } from '../ui/status-shape.tsx';
import { useFrame } from '../ui/use-width.ts';
import styles from './composer.module.css';
import { LaterMenu } from './later-menu.tsx';

interface Props {
  tools: ReactNode;
  /** False for who writes and does not send: his words wait for a colleague. */
  maySend: boolean;
  after: AfterSend;
  onAfter: (after: AfterSend) => void;
  /** Why nothing can be sent now; null when it can. */
  blocked: string | null;
  busy: boolean;
  onSend: () => void;
  onLater: (at: Date) => void;
}

const CHOICES: readonly AfterSend[] = ['waiting', 'done', 'in_progress', 'open', 'keep'];

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
export const SEND_KEY = isMac ? '⌘ ⏎' : 'Ctrl ⏎';

/** Sends, or says why it cannot. On the phone it stands at the top, away from the keys. */
export function SendButton({ blocked, busy, onSend }: Pick<Props, 'blocked' | 'busy' | 'onSend'>) {
  const { t } = useTranslation();
  return (
    <Tooltip
      label={blocked ?? ''}
      disabled={blocked === null}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Button
        look="solid"
        shortcut={SEND_KEY}
        busy={busy}
        aria-disabled={blocked !== null}
        aria-description={blocked ?? undefined}
        onClick={() => blocked === null && onSend()}
      >
        {t('composer.send')}
      </Button>
    </Tooltip>
  );
}

/** Tools at the left; what follows, and 送信, at the right. */
export function SendRow({ tools, maySend, after, onAfter, blocked, busy, onSend, onLater }: Props) {
  const { t } = useTranslation();
  const phone = useFrame() === 'phone';
  const word = (choice: AfterSend) => (choice === 'keep' ? t('composer.afterKeep') : t(`status.${choice}`));
  if (!maySend) {
    return (
      <div className={styles.send}>
        {tools}
        <p className="grow small muted phrase">{t('rights.draftKept')}</p>
      </div>
    );
  }
  return (
    <div className={styles.send}>
      {tools}
      <span className="grow" />
      <Menu
        up
        align="end"
        target={
          <Button look="quiet">
            <span className="muted">{t('composer.after')}</span>
            {after !== 'keep' && <StatusShape status={after} silent />}
            {word(after)}
            <IconChevronDown size={14} stroke={1.8} aria-hidden="true" />
          </Button>
        }
      >
        {CHOICES.map((choice) => (
          <MenuItem
            key={choice}
            icon={choice === 'keep' ? <span /> : <StatusShape status={choice} silent />}
            chosen={choice === after}
            onClick={() => onAfter(choice)}
          >
            {word(choice)}
          </MenuItem>
        ))}
      </Menu>
      <span className={styles.split}>
        {!phone && <SendButton blocked={blocked} busy={busy} onSend={onSend} />}
        <LaterMenu blocked={blocked !== null || busy} onLater={onLater} />
      </span>
    </div>
  );
}
