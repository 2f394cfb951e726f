import type { Team, TeamId } from '@madoguchi/contract';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { faultWords } from '../../data/fault.ts';
import { teamsQuery, useMemberById } from '../../data/queries.ts';
import { useTyped } from '../../data/use-typed.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { MemberCircle } from '../../ui/who.tsx';
import form from '../settings.module.css';
import { TeamForm } from './team-form.tsx';
import styles from './teams.module.css';

const SHOWN = 6;

/** The teams with their people; each opens to be changed or deleted. */
export function TeamsSection() {
  const { t } = useTranslation();
  const { data: teams, error } = useQuery(teamsQuery);
  const [editingId, setEditing] = useTyped<TeamId | 'new' | null>('team', null);
  const editing = teams?.find(({ id }) => id === editingId);
  const close = () => setEditing(null);
  const title = editing === undefined ? t('team.add') : t('team.editOf', { name: editing.name });
  const opened = editingId === 'new' || editing !== undefined;
  return (
    <div className={form.form}>
      <div className={form.top}>
        <h2>{t('team.title')}</h2>
        <span className="grow muted small">{t('team.lead')}</span>
        <Button look="solid" onClick={() => setEditing('new')}>
          {t('team.add')}
        </Button>
      </div>
      {error !== null && (
        <p className={form.error} role="alert">
          {faultWords(error, t)}
        </p>
      )}
      {teams?.length === 0 && (
        <EmptyState icon={<IconUsers />} title={t('team.none')} hint={t('team.noneHint')} />
      )}
      {teams !== undefined && teams.length > 0 && (
        <ul className={styles.teams}>
          {teams.map((team) => (
            <TeamRow key={team.id} team={team} onEdit={() => setEditing(team.id)} />
          ))}
        </ul>
      )}
      <Dialog opened={opened} title={title} size={520} onClose={close}>
        {opened && <TeamForm team={editing ?? null} onClose={close} />}
      </Dialog>
    </div>
  );
}

function TeamRow({ team, onEdit }: { team: Team; onEdit: () => void }) {
  const { t } = useTranslation();
  const memberById = useMemberById();
  const members = team.memberIds.flatMap((id) => memberById(id) ?? []);
  return (
    <li>
      <span className={styles.named}>
        <b>{team.name}</b>
        <small className="num">
          {members.length === 0 ? t('team.nobody') : t('team.count', { count: members.length })}
        </small>
      </span>
      <span className={styles.faces}>
        {members.slice(0, SHOWN).map((member) => (
          <MemberCircle key={member.id} member={member} />
        ))}
      </span>
      <Button size="sm" aria-label={t('team.editOf', { name: team.name })} onClick={onEdit}>
        {t('team.edit')}
      </Button>
    </li>
  );
}
