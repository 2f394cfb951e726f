import type { Conversation } from '@madoguchi/contract';
import { IconCalendarTime } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { WaitingDialog } from '../../composer/waiting-dialog.tsx';
import { useNow } from '../../data/clock.ts';
import { useStatuses } from '../../data/queries.ts';
import { useReasonWord, useStatusWord } from '../../data/statuses.ts';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import { messageTime } from '../../ui/time-words.ts';
import type { Changes } from '../changes.ts';
import styles from '../conversation.module.css';
import type { Rights } from '../use-rights.ts';
import { DOWN, type OpenMenu, SMALL } from './parts.tsx';

interface Props {
  conversation: Conversation;
  rights: Rights;
  changes: Changes;
  menu: OpenMenu;
  onMenu: (menu: OpenMenu) => void;
}

/** Where it stands, what it waits for and until when; and every status that it can come to. */
export function StatusMenu({ conversation, rights, changes, menu, onMenu }: Props) {
  const { t } = useTranslation();
  const word = useStatusWord();
  const statuses = useStatuses();
  const [asking, setAsking] = useState(false);
  const shown = <Shown conversation={conversation} />;
  if (!rights.setStatus) return <span className={styles.pick}>{shown}</span>;
  return (
    <>
      <Menu
        opened={menu === 'status'}
        onChange={(opened) => onMenu(opened ? 'status' : null)}
        target={
          <button type="button" className={styles.pick} title={`${t('status.label')}（S）`}>
            {shown}
            {DOWN}
          </button>
        }
      >
        {statuses
          .filter(({ off, id }) => !off || id === conversation.statusId)
          .map((status) => (
            <MenuItem
              key={status.id}
              icon={<StatusShape status={status.kind} tint={status.tint} silent />}
              chosen={status.id === conversation.statusId}
              onClick={() => changes.setStatusTo(conversation, status)}
            >
              {word(status)}
            </MenuItem>
          ))}
        <MenuLine />
        <MenuItem icon={<IconCalendarTime {...SMALL} />} onClick={() => setAsking(true)}>
          {t('standing.waitWith')}
        </MenuItem>
      </Menu>
      {asking && (
        <WaitingDialog
          title={t('standing.waitTitle')}
          verb={t('standing.wait')}
          from={{
            statusId: conversation.statusId,
            reasonId: conversation.waitingReasonId,
            wakeAt: conversation.wakeAt,
          }}
          onChoose={(standing) => {
            const status = statuses.find(({ id }) => id === standing.statusId);
            if (status !== undefined) changes.setStatusTo(conversation, status, standing);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function Shown({ conversation }: Pick<Props, 'conversation'>) {
  const { t } = useTranslation();
  const now = useNow();
  const word = useStatusWord();
  const reasonWord = useReasonWord();
  const status = useStatuses().find((each) => each.id === conversation.statusId);
  const reason = reasonWord(conversation.waitingReasonId);
  const { wakeAt } = conversation;
  return (
    <>
      <StatusShape status={conversation.status} tint={status?.tint ?? null} silent />
      <span className="sr">{t('status.label')}</span>
      <span>{status === undefined ? t(`status.${conversation.status}`) : word(status)}</span>
      {reason !== '' && <span className="cut muted">{reason}</span>}
      {wakeAt !== null && (
        <span className={`${styles.number} num`}>
          {t('standing.until', { time: messageTime(new Date(wakeAt), now, t) })}
        </span>
      )}
    </>
  );
}
