import type { BulkAct, Mailbox, Team, TeamId } from '@madoguchi/contract';
import { IconCheck, IconDots, IconTag, IconTrash, IconUserPlus, IconUsers, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LaterMenu } from '../../conversation/head/later-menu.tsx';
import { LabelPicker } from '../../conversation/label-picker.tsx';
import { useMailboxes, useMe, useMembers, useStatuses, useTeams } from '../../data/queries.ts';
import { useStatusWord } from '../../data/statuses.ts';
import { IconButton } from '../../ui/button.tsx';
import { Ask } from '../../ui/dialog.tsx';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../../ui/menu.tsx';
import { Popover } from '../../ui/popover.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import { MemberCircle } from '../../ui/who.tsx';
import styles from '../list.module.css';
import { useItemActs } from '../use-item-acts.ts';
import type { Bulk } from './use-bulk.ts';
import type { BulkMenu } from './use-bulk-keys.ts';
import type { Chosen } from './use-selection.ts';

interface Props {
  chosen: Chosen;
  bulk: Bulk;
  menu: BulkMenu;
  onMenu: (menu: BulkMenu) => void;
  /** How many the list's filter finds; null while that is not known. */
  total: number | null;
}

const ICON = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

/** In place of the list's head while rows are chosen: how many, and what can be done with them. */
export function BulkHead({ chosen, bulk, menu, onMenu, total }: Props) {
  const { t } = useTranslation();
  const acts = useItemActs();
  const done = useStatuses().find(({ kind, off }) => kind === 'done' && !off);
  const can = (may: (item: (typeof chosen.items)[number]) => boolean) => chosen.items.some(may);
  return (
    <>
      <header className={styles.head}>
        <h1 className="cut num" aria-live="polite">
          {t('bulk.chosen', { count: bulk.count })}
        </h1>
        <span className={styles.space} />
        <div role="toolbar" aria-label={t('bulk.acts')} aria-busy={bulk.busy} className={styles.bulkActs}>
          {can(acts.maySetStatus) && done !== undefined && (
            <IconButton
              label={t('bulk.done')}
              shortcut="E"
              onClick={() => bulk.act({ kind: 'status', statusId: done.id })}
            >
              <IconCheck {...ICON} />
            </IconButton>
          )}
          {can(acts.mayTake) && (
            <AssigneeMenu chosen={chosen} bulk={bulk} opened={menu === 'assignee'} onMenu={onMenu} />
          )}
          {can(acts.mayPutOff) && (
            <LaterMenu
              opened={menu === 'later'}
              onOpened={(opened) => onMenu(opened ? 'later' : null)}
              onChoose={(at) => bulk.act({ kind: 'later', wakeAt: at.toISOString() })}
            />
          )}
          {can(acts.mayLabel) && (
            <Popover
              label={t('label.choose')}
              width={260}
              align="end"
              opened={menu === 'label'}
              onChange={(opened) => onMenu(opened ? 'label' : null)}
              target={
                <IconButton
                  label={t('label.put')}
                  shortcut="L"
                  onClick={() => onMenu(menu === 'label' ? null : 'label')}
                >
                  <IconTag {...ICON} />
                </IconButton>
              }
            >
              <LabelPicker
                items={chosen.items}
                onSet={(label, on) => bulk.act({ kind: 'label', labelId: label.id, on })}
                onClose={() => onMenu(null)}
              />
            </Popover>
          )}
          {can(acts.mayTrash) && (
            <IconButton
              label={t('act.trash')}
              shortcut="#"
              onClick={() => bulk.act({ kind: 'place', place: 'trash' })}
            >
              <IconTrash {...ICON} />
            </IconButton>
          )}
          <MoreMenu chosen={chosen} bulk={bulk} total={total} opened={menu === 'more'} onMenu={onMenu} />
        </div>
        <IconButton label={t('bulk.end')} shortcut="Esc" onClick={chosen.end}>
          <IconX {...ICON} />
        </IconButton>
      </header>
      <AskMany bulk={bulk} />
    </>
  );
}

interface MenuProps {
  chosen: Chosen;
  bulk: Bulk;
  opened: boolean;
  onMenu: (menu: BulkMenu) => void;
}

/** People and teams that work in every mailbox of what is chosen. */
function AssigneeMenu({ chosen, bulk, opened, onMenu }: MenuProps) {
  const { t } = useTranslation();
  const me = useMe();
  const acts = useItemActs();
  const members = useMembers();
  const here = new Set(chosen.items.map(({ mailboxId }) => mailboxId));
  const mailboxes = useMailboxes().filter(({ id }) => here.has(id));
  const mayOthers = chosen.items.some(acts.mayAssign);
  const able = members.filter(
    ({ id, state }) =>
      state === 'active' &&
      mailboxes.every(({ memberIds }) => memberIds.includes(id)) &&
      (mayOthers || id === me.member.id),
  );
  const sorted = [...able].sort((a, b) => Number(b.id === me.member.id) - Number(a.id === me.member.id));
  return (
    <Menu
      align="end"
      opened={opened}
      onChange={(next) => onMenu(next ? 'assignee' : null)}
      target={
        <IconButton label={t('conversation.assignee')} shortcut="A">
          <IconUserPlus {...ICON} />
        </IconButton>
      }
    >
      {sorted.map((member) => (
        <MenuItem
          key={member.id}
          icon={<MemberCircle member={member} size={20} silent />}
          onClick={() => bulk.act({ kind: 'assignee', assigneeId: member.id })}
        >
          {member.name}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem
        icon={<MemberCircle member={undefined} size={20} silent />}
        onClick={() => bulk.act({ kind: 'assignee', assigneeId: null })}
      >
        {t('conversation.assignNobody')}
      </MenuItem>
      {mayOthers && <TeamItems mailboxes={mailboxes} bulk={bulk} />}
    </Menu>
  );
}

function TeamItems({ mailboxes, bulk }: { mailboxes: readonly Mailbox[]; bulk: Bulk }) {
  const { t } = useTranslation();
  const works = ({ id }: Team) =>
    mailboxes.every(({ access }) =>
      access.teams.some(({ teamId, level }) => teamId === id && level !== 'read'),
    );
  const teams = useTeams().filter(works);
  const give = (teamId: TeamId | null) => bulk.act({ kind: 'team', teamId });
  return (
    <>
      <MenuLine />
      <MenuLabel>{t('standing.team')}</MenuLabel>
      {teams.map(({ id, name }) => (
        <MenuItem key={id} icon={<IconUsers {...ICON} size={16} />} onClick={() => give(id)}>
          {name}
        </MenuItem>
      ))}
      <MenuItem icon={<IconUsers {...ICON} size={16} />} onClick={() => give(null)}>
        {t('standing.noTeam')}
      </MenuItem>
    </>
  );
}

function MoreMenu({ chosen, bulk, total, opened, onMenu }: MenuProps & Pick<Props, 'total'>) {
  const { t } = useTranslation();
  const acts = useItemActs();
  const { preview } = useMe();
  const statuses = useStatuses().filter(({ off }) => !off);
  const word = useStatusWord();
  const place = (words: string, act: BulkAct) => <MenuItem onClick={() => bulk.act(act)}>{words}</MenuItem>;
  const isAway = chosen.items.some((item) => item.place !== 'inbox');
  const isSpam = chosen.items.some((item) => item.place === 'spam');
  return (
    <Menu
      align="end"
      opened={opened}
      onChange={(next) => onMenu(next ? 'more' : null)}
      target={
        <IconButton label={t('bulk.more')}>
          <IconDots {...ICON} />
        </IconButton>
      }
    >
      {!chosen.whole && total !== null && total > chosen.ids.length && (
        <>
          <MenuItem onClick={chosen.chooseWhole}>{t('bulk.all', { count: total })}</MenuItem>
          <MenuLine />
        </>
      )}
      {chosen.items.some(acts.maySetStatus) && (
        <>
          <MenuLabel>{t('status.label')}</MenuLabel>
          {statuses.map((status) => (
            <MenuItem
              key={status.id}
              icon={<StatusShape status={status.kind} tint={status.tint} silent />}
              onClick={() => bulk.act({ kind: 'status', statusId: status.id })}
            >
              {word(status)}
            </MenuItem>
          ))}
          <MenuLine />
        </>
      )}
      {preview === null && place(t('bulk.read'), { kind: 'seen', seen: true })}
      {preview === null && place(t('bulk.unread'), { kind: 'seen', seen: false })}
      {isAway &&
        chosen.items.some(acts.mayTrash) &&
        place(t(isSpam ? 'act.notSpam' : 'act.restore'), { kind: 'place', place: 'inbox' })}
      {!isSpam &&
        chosen.items.some(acts.mayMarkSpam) &&
        place(t('act.spam'), { kind: 'place', place: 'spam' })}
    </Menu>
  );
}

/** Above a hundred, the number and the verb are said before anything happens. */
function AskMany({ bulk }: { bulk: Bulk }) {
  const { t } = useTranslation();
  const statuses = useStatuses();
  const word = useStatusWord();
  const { asking, count } = bulk;
  const status = asking?.kind === 'status' ? statuses.find(({ id }) => id === asking.statusId) : undefined;
  const trashes = asking?.kind === 'place' && asking.place === 'trash';
  const title =
    status !== undefined
      ? t('bulk.askStatus', { count, status: word(status) })
      : t(trashes ? 'bulk.askTrash' : 'bulk.ask', { count });
  return (
    <Ask
      opened={asking !== null}
      title={title}
      text={t('bulk.askText')}
      verb={t('bulk.go', { count })}
      danger={trashes}
      onYes={bulk.yes}
      onNo={bulk.no}
    />
  );
}
