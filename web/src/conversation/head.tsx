import type { Conversation } from '@madoguchi/contract';
import {
  IconArrowLeft,
  IconBinaryTree,
  IconDots,
  IconFolder,
  IconInbox,
  IconLayoutSidebarRight,
  IconLink,
  IconMail,
  IconMailOff,
  IconTag,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { useLookers } from '../data/presence.ts';
import { useMailboxes, useMay, useMe, useMemberById, useMyMailboxes } from '../data/queries.ts';
import { useMayIn } from '../data/rights.ts';
import { ageStep, lateAfter } from '../ui/age.ts';
import { AgeGauge } from '../ui/age-gauge.tsx';
import { IconButton } from '../ui/button.tsx';
import { Lookers } from '../ui/lookers.tsx';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../ui/menu.tsx';
import { duration, exactDuration } from '../ui/time-words.ts';
import { toast } from '../ui/toasts.ts';
import type { Changes } from './changes.ts';
import styles from './conversation.module.css';
import { AssignMenu } from './head/assign-menu.tsx';
import { LaterMenu } from './head/later-menu.tsx';
import { ICON, type OpenMenu, SMALL } from './head/parts.tsx';
import { StatusMenu } from './head/status-menu.tsx';
import { LabelMenu } from './label-menu.tsx';
import { SubjectText } from './subject-text.tsx';
import type { Rights } from './use-rights.ts';

interface Props {
  conversation: Conversation;
  rights: Rights;
  changes: Changes;
  menu: OpenMenu;
  onMenu: (menu: OpenMenu) => void;
  position: { index: number; total: number } | null;
  phone: boolean;
  panelOpen: boolean;
  tree: boolean;
  onTree: () => void;
  onPanel: () => void;
  onBack: () => void;
  /** Called before the conversation leaves its list, so that the next one opens. */
  onLeave: () => void;
}

export function Head(props: Props) {
  const { conversation, phone, position, panelOpen, tree, onTree, onPanel, onBack } = props;
  const { t } = useTranslation();
  const may = useMay();
  const labels = (
    <LabelMenu
      {...props}
      opened={props.menu === 'label'}
      onOpen={(opened) => props.onMenu(opened ? 'label' : null)}
    />
  );
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        {phone && (
          <>
            <IconButton label={t('act.back')} onClick={onBack}>
              <IconArrowLeft {...ICON} />
            </IconButton>
            <span className="grow num muted">{position && t('conversation.shown', position)}</span>
          </>
        )}
        <h2>
          <SubjectText subject={conversation.subject || t('list.noSubject')} />
        </h2>
        <IconButton label={t(tree ? 'act.timeline' : 'act.tree')} aria-pressed={tree} onClick={onTree}>
          <IconBinaryTree {...ICON} />
        </IconButton>
        {props.rights.setStatus && conversation.place === 'inbox' && (
          <LaterMenu
            opened={props.menu === 'later'}
            onOpened={(opened) => props.onMenu(opened ? 'later' : null)}
            onChoose={(at) => {
              props.onLeave();
              props.changes.snooze(conversation, at);
            }}
          />
        )}
        <MoreMenu {...props} />
        {may('customer.see') && (
          <IconButton label={t('act.customer')} shortcut="I" aria-expanded={panelOpen} onClick={onPanel}>
            <IconLayoutSidebarRight {...ICON} />
          </IconButton>
        )}
      </div>
      <div className={styles.facts}>
        <StatusMenu {...props} />
        <AssignMenu {...props} />
        {!phone && labels}
        {!phone && <span className={`${styles.number} num`}>#{conversation.number}</span>}
        <span className="grow" />
        <WhoLooks conversation={conversation} />
        <Waiting conversation={conversation} />
      </div>
      {phone && (conversation.labelIds.length > 0 || props.menu === 'label') && (
        <div className={styles.facts}>{labels}</div>
      )}
    </header>
  );
}

/** 閲覧中: colleagues who have it open, and who of them writes. */
function WhoLooks({ conversation }: Pick<Props, 'conversation'>) {
  const { t } = useTranslation();
  const lookers = useLookers()(conversation.id);
  const memberById = useMemberById();
  const here = lookers.flatMap(({ memberId, writing }) => {
    const member = memberById(memberId);
    return member === undefined ? [] : [{ ...member, writing }];
  });
  const names = here.map(({ name, writing }) => (writing ? t('together.writes', { name }) : name));
  return <Lookers members={here} label={t('together.looking', { names: names.join('、') })} most={3} />;
}

function MoreMenu({ conversation, rights, changes, phone, onMenu, onLeave, onBack }: Props) {
  const { t } = useTranslation();
  const { preview } = useMe();
  const mayIn = useMayIn();
  const others = useMyMailboxes().filter(
    ({ id }) => rights.move && id !== conversation.mailboxId && mayIn('conversation.move', id),
  );
  const { place } = conversation;
  const mayRestore = place === 'spam' ? rights.markSpam : rights.delete;
  const leave = (act: () => void) => () => {
    onLeave();
    act();
  };
  const copyLink = async () => {
    await navigator.clipboard?.writeText(`${location.origin}/c/${conversation.id}`);
    toast(t('act.copied'));
  };
  return (
    <Menu
      align="end"
      target={
        <IconButton label={t('act.more')}>
          <IconDots {...ICON} />
        </IconButton>
      }
    >
      {preview === null && (
        <MenuItem
          icon={<IconMail {...SMALL} />}
          shortcut="⇧U"
          onClick={() => {
            onBack();
            changes.markUnread(conversation);
          }}
        >
          {t('act.markUnread')}
        </MenuItem>
      )}
      {phone && rights.label && (
        <MenuItem icon={<IconTag {...SMALL} />} onClick={() => onMenu('label')}>
          {t('label.choose')}
        </MenuItem>
      )}
      {navigator.clipboard !== undefined && (
        <MenuItem icon={<IconLink {...SMALL} />} onClick={() => void copyLink()}>
          {t('act.copyLink')}
        </MenuItem>
      )}
      {place !== 'inbox' && mayRestore && (
        <MenuItem
          icon={<IconInbox {...SMALL} />}
          onClick={leave(() => changes.setPlace(conversation, 'inbox'))}
        >
          {t(place === 'spam' ? 'act.notSpam' : 'act.restore')}
        </MenuItem>
      )}
      {place === 'inbox' && rights.markSpam && (
        <MenuItem
          icon={<IconMailOff {...SMALL} />}
          shortcut="!"
          onClick={leave(() => changes.setPlace(conversation, 'spam'))}
        >
          {t('act.spam')}
        </MenuItem>
      )}
      {place !== 'trash' && rights.delete && (place !== 'spam' || rights.markSpam) && (
        <MenuItem
          icon={<IconTrash {...SMALL} />}
          shortcut="#"
          onClick={leave(() => changes.setPlace(conversation, 'trash'))}
        >
          {t('act.trash')}
        </MenuItem>
      )}
      {others.length > 0 && (
        <>
          <MenuLine />
          <MenuLabel>{t('act.moveMailbox')}</MenuLabel>
          {others.map((mailbox) => (
            <MenuItem
              key={mailbox.id}
              icon={<IconFolder {...SMALL} />}
              onClick={leave(() => changes.move(conversation, mailbox.id))}
            >
              {mailbox.name}
            </MenuItem>
          ))}
        </>
      )}
    </Menu>
  );
}

function Waiting({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const now = useNow();
  const limits = useMailboxes().find((each) => each.id === conversation.mailboxId)?.ageLimits ?? [];
  if (conversation.waitingSince === null || conversation.place !== 'inbox') return null;
  const waited = Math.max(0, now.getTime() - Date.parse(conversation.waitingSince));
  const step = ageStep(waited, limits);
  const title = t('list.lastReceived', {
    time: exactDuration(waited, t),
    limit: exactDuration(lateAfter(limits), t),
  });
  return (
    <span className={styles.pick} title={title}>
      <span className={styles.number}>{t('age.waiting')}</span>
      <span className={`num small ${styles[`age${step}`]}`}>{duration(waited, t)}</span>
      <AgeGauge step={step} />
      <span className="sr">{t(`age.step${step}`)}</span>
    </span>
  );
}
