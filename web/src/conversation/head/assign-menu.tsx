import type { Conversation, Member } from '@madoguchi/contract';
import { IconMessageForward, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useMemberById } from '../../data/queries.ts';
import { familyName } from '../../ui/family-name.ts';
import { holds } from '../../ui/fold.ts';
import { Menu, MenuItem, MenuLabel, MenuLine, MenuSearch } from '../../ui/menu.tsx';
import { MemberCircle } from '../../ui/who.tsx';
import type { Changes } from '../changes.ts';
import styles from '../conversation.module.css';
import type { Rights } from '../use-rights.ts';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { DOWN, type OpenMenu, SMALL } from './parts.tsx';
import { useTakers, useTeamName } from './use-takers.ts';

interface Props {
  conversation: Conversation;
  rights: Rights;
  changes: Changes;
  menu: OpenMenu;
  onMenu: (menu: OpenMenu) => void;
  phone: boolean;
}

/** From so many names on, one looks by typing. */
const SEARCH_FROM = 6;

/** Who has it, a person and a team side by side; and the menu to hand it on, with words or without. */
export function AssignMenu({ conversation, rights, changes, menu, onMenu, phone }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const takers = useTakers(conversation, rights);
  const [words, setWords] = useState('');
  const [handing, setHanding] = useState(false);
  const { assigneeId, teamId } = conversation;
  // To take what is free and to give back one's own is the smaller right.
  const mayTake = rights.take && (assigneeId === null || assigneeId === me.member.id);
  const shown = <Shown conversation={conversation} phone={phone} />;
  if (!rights.assign && !mayTake) return <span className={styles.pick}>{shown}</span>;
  const people = takers.people.filter(({ name }) => holds(name, words));
  const teams = takers.teams.filter(({ name }) => holds(name, words));
  return (
    <>
      <Menu
        opened={menu === 'assignee'}
        onChange={(opened) => {
          setWords('');
          onMenu(opened ? 'assignee' : null);
        }}
        target={
          <button type="button" className={styles.pick} title={`${t('conversation.assignee')}（A）`}>
            {shown}
            {DOWN}
          </button>
        }
      >
        {takers.people.length + takers.teams.length > SEARCH_FROM && (
          <MenuSearch label={t('standing.findTaker')} value={words} onSearch={setWords} />
        )}
        {people.length > 0 && <MenuLabel>{t('conversation.assignee')}</MenuLabel>}
        {people.map((member) => (
          <PersonItem
            key={member.id}
            member={member}
            chosen={member.id === assigneeId}
            onClick={() => void changes.assign(conversation, member.id)}
          />
        ))}
        {assigneeId !== null && words === '' && (
          <MenuItem
            icon={<MemberCircle member={undefined} size={20} silent />}
            onClick={() => void changes.assign(conversation, null)}
          >
            {t('conversation.assignNobody')}
          </MenuItem>
        )}
        {teams.length > 0 && (
          <>
            <MenuLine />
            <MenuLabel>{t('standing.team')}</MenuLabel>
          </>
        )}
        {teams.map((team) => (
          <MenuItem
            key={team.id}
            icon={<IconUsers {...SMALL} />}
            chosen={team.id === teamId}
            onClick={() => void changes.assignTeam(conversation, team.id)}
          >
            {team.name}
          </MenuItem>
        ))}
        {teamId !== null && rights.assign && words === '' && (
          <MenuItem
            icon={<IconUsers {...SMALL} />}
            onClick={() => void changes.assignTeam(conversation, null)}
          >
            {t('standing.noTeam')}
          </MenuItem>
        )}
        {people.length + teams.length === 0 && <MenuLabel>{t('standing.nobodyFound')}</MenuLabel>}
        {rights.assign && rights.note && words === '' && (
          <>
            <MenuLine />
            <MenuItem icon={<IconMessageForward {...SMALL} />} onClick={() => setHanding(true)}>
              {t('standing.handOver')}
            </MenuItem>
          </>
        )}
      </Menu>
      {handing && (
        <HandOverDialog
          conversation={conversation}
          takers={takers}
          changes={changes}
          onClose={() => setHanding(false)}
        />
      )}
    </>
  );
}

interface ItemProps {
  member: Member;
  chosen: boolean;
  onClick: () => void;
}

function PersonItem({ member, chosen, onClick }: ItemProps) {
  return (
    <MenuItem icon={<MemberCircle member={member} size={20} silent />} chosen={chosen} onClick={onClick}>
      {member.name}
    </MenuItem>
  );
}

function Shown({ conversation: { assigneeId, teamId }, phone }: Pick<Props, 'conversation' | 'phone'>) {
  const { t } = useTranslation();
  const assignee = useMemberById()(assigneeId);
  const team = useTeamName(teamId);
  return (
    <>
      <MemberCircle member={assignee} size={20} silent />
      <span className="sr">{t('conversation.assignee')}</span>
      <span className="cut">
        {(phone ? familyName(assignee?.name ?? '') : assignee?.name) || t('conversation.nobody')}
      </span>
      {team !== '' && (
        <>
          <IconUsers size={14} stroke={1.8} aria-hidden="true" />
          <span className="sr">{t('standing.team')}</span>
          <span className="cut">{team}</span>
        </>
      )}
    </>
  );
}
