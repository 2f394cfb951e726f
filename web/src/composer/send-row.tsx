import type { AfterSending, StatusKind } from '@madoguchi/contract';
import { Tooltip } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { useStatuses } from '../data/queries.ts';
import { useReasonWord, useStatusWord } from '../data/statuses.ts';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx';
import { StatusShape } from '../ui/status-shape.tsx';
import { messageTime } from '../ui/time-words.ts';
import { useFrame } from '../ui/use-width.ts';
import styles from './composer.module.css';
import { LaterMenu } from './later-menu.tsx';
import { WaitingDialog } from './waiting-dialog.tsx';

interface Props {
  tools: ReactNode;
  /** False for who writes and does not send: his words wait for a colleague. */
  maySend: boolean;
  after: AfterSending;
  onAfter: (after: AfterSending) => void;
  /** Why nothing can be sent now; null when it can. */
  blocked: string | null;
  busy: boolean;
  onSend: () => void;
  onLater: (at: Date) => void;
}

const KINDS: readonly StatusKind[] = ['waiting', 'done', 'in_progress', 'open'];

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
      <AfterMenu after={after} onAfter={onAfter} />
      <span className={styles.split}>
        {!phone && <SendButton blocked={blocked} busy={busy} onSend={onSend} />}
        <LaterMenu blocked={blocked !== null || busy} onLater={onLater} />
      </span>
    </div>
  );
}

/** 送信後: a kind, one of the workspace's own statuses, or a wait with a reason and a date. */
function AfterMenu({ after, onAfter }: Pick<Props, 'after' | 'onAfter'>) {
  const { t } = useTranslation();
  const now = useNow();
  const word = useStatusWord();
  const reasonWord = useReasonWord();
  const statuses = useStatuses().filter(({ off }) => !off);
  const [asking, setAsking] = useState(false);
  const firstOf = (kind: StatusKind) => statuses.find((each) => each.kind === kind);
  const chosen =
    after === 'keep'
      ? undefined
      : typeof after === 'string'
        ? firstOf(after)
        : statuses.find(({ id }) => id === after.statusId);
  const waits = typeof after === 'string' ? null : after;
  const said = [
    chosen === undefined ? t('composer.afterKeep') : word(chosen),
    reasonWord(waits?.reasonId ?? null),
    waits?.wakeAt ? t('standing.until', { time: messageTime(new Date(waits.wakeAt), now, t) }) : '',
  ];
  const order = KINDS.flatMap((kind) => statuses.filter((each) => each.kind === kind));
  return (
    <>
      <Menu
        up
        align="end"
        target={
          <Button look="quiet">
            <span className="muted">{t('composer.after')}</span>
            {chosen !== undefined && <StatusShape status={chosen.kind} tint={chosen.tint} silent />}
            {said.filter((each) => each !== '').join('・')}
            <IconChevronDown size={14} stroke={1.8} aria-hidden="true" />
          </Button>
        }
      >
        {order.map((status) => (
          <MenuItem
            key={status.id}
            icon={<StatusShape status={status.kind} tint={status.tint} silent />}
            chosen={status === chosen}
            onClick={() => onAfter(status === firstOf(status.kind) ? status.kind : { statusId: status.id })}
          >
            {word(status)}
          </MenuItem>
        ))}
        <MenuItem icon={<span />} chosen={after === 'keep'} onClick={() => onAfter('keep')}>
          {t('composer.afterKeep')}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={<span />} onClick={() => setAsking(true)}>
          {t('standing.waitWith')}
        </MenuItem>
      </Menu>
      {asking && (
        <WaitingDialog
          title={t('standing.waitAfter')}
          verb={t('standing.choose')}
          {...(waits === null ? {} : { from: waits })}
          onChoose={onAfter}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
