import type { Conversation } from '@madoguchi/contract';
import {
  IconArrowLeft,
  IconBinaryTree,
  IconChevronDown,
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
import {
  useMailboxes,
  useMay,
  useMe,
  useMemberById,
  useMembers,
  useMyMailboxes,
  useStatuses,
} from '../data/queries.ts';
import { ageStep, lateAfter } from '../ui/age.ts';
import { AgeGauge } from '../ui/age-gauge.tsx';
import { IconButton } from '../ui/button.tsx';
import { familyName } from '../ui/family-name.ts';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../ui/menu.tsx';
import { StatusShape } from '../ui/status-shape.tsx';
import { duration, exactDuration } from '../ui/time-words.ts';
import { toast } from '../ui/toasts.ts';
import { MemberCircle } from '../ui/who.tsx';
import type { Changes } from './changes.ts';
import styles from './conversation.module.css';
import { LabelMenu } from './label-menu.tsx';
import { SubjectText } from './subject-text.tsx';
import type { Rights } from './use-rights.ts';

export type OpenMenu = 'status' | 'assignee' | 'label' | null;

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

const ICON = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;
const SMALL = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;
const DOWN = <IconChevronDown size={14} stroke={1.8} aria-hidden="true" />;

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
        <MoreMenu {...props} />
        {may('customer.see') && (
          <IconButton label={t('act.customer')} shortcut="I" aria-expanded={panelOpen} onClick={onPanel}>
            <IconLayoutSidebarRight {...ICON} />
          </IconButton>
        )}
      </div>
      <div className={styles.facts}>
        <StatusMenu {...props} />
        <AssigneeMenu {...props} />
        {!phone && labels}
        {!phone && <span className={`${styles.number} num`}>#{conversation.number}</span>}
        <span className="grow" />
        <Waiting conversation={conversation} />
      </div>
      {phone && (conversation.labelIds.length > 0 || props.menu === 'label') && (
        <div className={styles.facts}>{labels}</div>
      )}
    </header>
  );
}

function StatusMenu({ conversation, rights, changes, menu, onMenu }: Props) {
  const { t } = useTranslation();
  const statuses = useStatuses();
  const word = (status: (typeof statuses)[number]) => status.name || t(`status.${status.kind}`);
  const now = statuses.find((each) => each.id === conversation.statusId);
  const shown = (
    <>
      <StatusShape status={conversation.status} silent />
      <span className="sr">{t('status.label')}</span>
      {now === undefined ? t(`status.${conversation.status}`) : word(now)}
    </>
  );
  if (!rights.setStatus) return <span className={styles.pick}>{shown}</span>;
  return (
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
      {statuses.map((status) => (
        <MenuItem
          key={status.id}
          icon={<StatusShape status={status.kind} silent />}
          chosen={status.id === conversation.statusId}
          onClick={() => changes.setStatusTo(conversation, status.id, status.kind)}
        >
          {word(status)}
        </MenuItem>
      ))}
    </Menu>
  );
}

function AssigneeMenu({ conversation, rights, changes, menu, onMenu, phone }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const members = useMembers();
  const memberById = useMemberById();
  const mailbox = useMailboxes().find((each) => each.id === conversation.mailboxId);
  const assignee = memberById(conversation.assigneeId);
  const { assigneeId } = conversation;
  // To take what is free and to give back one's own is the smaller right.
  const mayTake = rights.take && (assigneeId === null || assigneeId === me.member.id);
  const able = members.filter(
    (member) =>
      member.state === 'active' &&
      (mailbox?.memberIds.includes(member.id) ?? true) &&
      (rights.assign || member.id === me.member.id),
  );
  const sorted = [...able].sort((a, b) => Number(b.id === me.member.id) - Number(a.id === me.member.id));
  const shown = (
    <>
      <MemberCircle member={assignee} size={20} silent />
      <span className="sr">{t('conversation.assignee')}</span>
      <span className="cut">
        {(phone ? familyName(assignee?.name ?? '') : assignee?.name) || t('conversation.nobody')}
      </span>
    </>
  );
  if (!rights.assign && !mayTake) return <span className={styles.pick}>{shown}</span>;
  return (
    <Menu
      opened={menu === 'assignee'}
      onChange={(opened) => onMenu(opened ? 'assignee' : null)}
      target={
        <button type="button" className={styles.pick} title={`${t('conversation.assignee')}（A）`}>
          {shown}
          {DOWN}
        </button>
      }
    >
      {sorted.map((member) => (
        <MenuItem
          key={member.id}
          icon={<MemberCircle member={member} size={20} silent />}
          chosen={member.id === assigneeId}
          onClick={() => changes.assign(conversation, member.id)}
        >
          {member.name}
        </MenuItem>
      ))}
      {assigneeId !== null && (
        <>
          <MenuLine />
          <MenuItem
            icon={<MemberCircle member={undefined} size={20} silent />}
            onClick={() => changes.assign(conversation, null)}
          >
            {t('conversation.assignNobody')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

function MoreMenu({ conversation, rights, changes, phone, onMenu, onLeave, onBack }: Props) {
  const { t } = useTranslation();
  const { preview } = useMe();
  const mine = useMyMailboxes();
  const others = rights.move ? mine.filter((mailbox) => mailbox.id !== conversation.mailboxId) : [];
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
