import {
  type MailboxAccess,
  type MailboxLevel,
  type Member,
  mailboxLevels,
  type Team,
} from '@madoguchi/contract';
import { IconChevronDown, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rolesQuery, teamsQuery, useMembers } from '../data/queries.ts';
import { IconButton } from '../ui/button.tsx';
import styles from './access.module.css';
import { Block } from './block.tsx';
import { type Choice, ChoiceMark, MemberPicker } from './member-picker.tsx';
import { useRoleName } from './roles/use-role-name.ts';

const none: readonly never[] = [];

interface Props {
  access: MailboxAccess;
  changed: boolean;
  onChange: (access: MailboxAccess) => void;
}

/** Who uses a mailbox, by himself or by a team, and how far. */
export function AccessBlock({ access, changed, onChange }: Props) {
  const { t } = useTranslation();
  const { data: teams = none } = useQuery(teamsQuery);
  const { data: roles = none } = useQuery(rolesQuery);
  const roleName = useRoleName();
  const all = useMembers();
  const members = all.filter(({ state }) => state !== 'left');
  const insideTeams = teams.filter(({ id }) => access.teams.some((each) => each.teamId === id));
  const rows = rowsOf(access, members, teams);
  const byTeamOnly = members.filter(
    (member) =>
      insideTeams.some(({ memberIds }) => memberIds.includes(member.id)) &&
      !access.members.some(({ memberId }) => memberId === member.id),
  );
  const teamsOf = (member: Member) =>
    insideTeams.filter(({ memberIds }) => memberIds.includes(member.id)).map(({ name }) => name);
  /** His role, and the teams by which he is in as well. */
  const textOf = (member: Member) => {
    const role = roles.find(({ id }) => id === member.roleId);
    const names = teamsOf(member).join(t('people.and'));
    return [
      ...(role === undefined ? [] : [roleName(role)]),
      ...(names === '' ? [] : [t('access.byTeam', { names })]),
    ].join(t('access.and'));
  };
  return (
    <Block title={t('access.title')} text={`${t('access.text')}${t('access.levelText')}`} anchor="access">
      <MemberPicker
        label={t('access.add')}
        hint={t('access.addHint')}
        choices={choicesOf(access, members, teams, (count) => t('access.team', { count }))}
        onPick={(id) => onChange(withOne(access, id, members, teams))}
      />
      {rows.length === 0 && <p className={styles.none}>{t('access.none')}</p>}
      <ul className={styles.rows} data-changed={changed || undefined}>
        {rows.map((row) => (
          <AccessRow
            key={row.id}
            row={row}
            text={
              row.team === null ? textOf(row.member) : t('access.team', { count: row.team.memberIds.length })
            }
            onLevel={(level) => onChange(withLevel(access, row.id, level))}
            onRemove={() => onChange(without(access, row.id))}
          />
        ))}
      </ul>
      {byTeamOnly.length > 0 && (
        <>
          <h4 className={styles.through}>{t('access.throughTeams')}</h4>
          <ul className={styles.rows}>
            {byTeamOnly.map((member) => (
              <li key={member.id} className={styles.row}>
                <ChoiceMark choice={member} />
                <span className={styles.named}>
                  {member.name}
                  <small>{textOf(member)}</small>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Block>
  );
}

type Row = { id: string; name: string; level: MailboxLevel } & (
  | { team: Team; member: null }
  | { team: null; member: Member }
);

interface RowProps {
  row: Row;
  text: string;
  onLevel: (level: MailboxLevel) => void;
  onRemove: () => void;
}

function AccessRow({ row, text, onLevel, onRemove }: RowProps) {
  const { t } = useTranslation();
  const levelOf = (value: string) => mailboxLevels.find((level) => level === value);
  return (
    <li className={styles.row}>
      <ChoiceMark choice={{ name: row.name, tint: row.member?.tint ?? null }} />
      <span className={styles.named}>
        {row.name}
        {text !== '' && <small>{text}</small>}
      </span>
      <span className={styles.level}>
        <select
          aria-label={t('access.level', { name: row.name })}
          value={row.level}
          onChange={(event) => {
            const level = levelOf(event.target.value);
            if (level !== undefined) onLevel(level);
          }}
        >
          {mailboxLevels.map((level) => (
            <option key={level} value={level}>
              {t(`access.levels.${level}`)}
            </option>
          ))}
        </select>
        <IconChevronDown size={14} stroke={1.7} aria-hidden="true" />
      </span>
      <IconButton size="sm" label={t('access.remove', { name: row.name })} onClick={onRemove}>
        <IconX size={16} stroke={1.7} aria-hidden="true" />
      </IconButton>
    </li>
  );
}

/** Teams first, then people, each by name; who left and still stands here is not shown and stays as he is. */
function rowsOf(access: MailboxAccess, members: readonly Member[], teams: readonly Team[]): Row[] {
  const ofTeams = access.teams.flatMap(({ teamId, level }): Row[] => {
    const team = teams.find(({ id }) => id === teamId);
    return team === undefined ? [] : [{ id: teamId, name: team.name, level, team, member: null }];
  });
  const ofMembers = access.members.flatMap(({ memberId, level }): Row[] => {
    const member = members.find(({ id }) => id === memberId);
    return member === undefined ? [] : [{ id: memberId, name: member.name, level, team: null, member }];
  });
  const byName = (a: Row, b: Row) => a.name.localeCompare(b.name, 'ja');
  return [...ofTeams.sort(byName), ...ofMembers.sort(byName)];
}

/** Who is not in yet. */
function choicesOf(
  access: MailboxAccess,
  members: readonly Member[],
  teams: readonly Team[],
  count: (people: number) => string,
): Choice[] {
  return [
    ...teams
      .filter(({ id }) => !access.teams.some(({ teamId }) => teamId === id))
      .map(({ id, name, memberIds }) => ({ id, name, text: count(memberIds.length), tint: null })),
    ...members
      .filter(({ id }) => !access.members.some(({ memberId }) => memberId === id))
      .map(({ id, name, email, tint }) => ({ id, name, text: email, tint })),
  ];
}

function withOne(
  access: MailboxAccess,
  id: string,
  members: readonly Member[],
  teams: readonly Team[],
): MailboxAccess {
  const member = members.find((each) => each.id === id);
  const team = teams.find((each) => each.id === id);
  return {
    members: [
      ...access.members,
      ...(member === undefined ? [] : [{ memberId: member.id, level: 'work' as const }]),
    ],
    teams: [...access.teams, ...(team === undefined ? [] : [{ teamId: team.id, level: 'work' as const }])],
  };
}

const withLevel = (access: MailboxAccess, id: string, level: MailboxLevel): MailboxAccess => ({
  members: access.members.map((each) => (each.memberId === id ? { ...each, level } : each)),
  teams: access.teams.map((each) => (each.teamId === id ? { ...each, level } : each)),
});

const without = (access: MailboxAccess, id: string): MailboxAccess => ({
  members: access.members.filter(({ memberId }) => memberId !== id),
  teams: access.teams.filter(({ teamId }) => teamId !== id),
});
