import { addTeamRoute, deleteTeamRoute, type MemberId, saveTeamRoute, type Team } from '@madoguchi/contract';
import { IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/client.ts';
import { faultWords } from '../../data/fault.ts';
import { keys } from '../../data/keys.ts';
import { useMemberById, useMembers } from '../../data/queries.ts';
import { useTyped } from '../../data/use-typed.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Ask } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { toast } from '../../ui/toasts.ts';
import { MemberCircle } from '../../ui/who.tsx';
import { MemberPicker } from '../member-picker.tsx';
import form from '../settings.module.css';
import styles from './teams.module.css';

interface Props {
  /** Null for a new one. */
  team: Team | null;
  onClose: () => void;
}

/** Name and people of a team. */
export function TeamForm({ team, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const place = `team ${team?.id ?? ''}`;
  const [name, setName] = useTyped(`${place} name`, team?.name ?? '');
  const [memberIds, setMemberIds] = useTyped<readonly MemberId[]>(`${place} people`, team?.memberIds ?? []);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const run = async (act: () => Promise<unknown>, told: string) => {
    setBusy(true);
    setError('');
    try {
      await act();
      const stale = [keys.teams(), keys.mailboxes(), keys.me()];
      await Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
      toast(told);
      onClose();
    } catch (fault) {
      setError(faultWords(fault, t));
      setBusy(false);
    }
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    const body = { name: name.trim(), memberIds: [...memberIds] };
    void (team === null
      ? run(() => call(addTeamRoute, { body }), t('team.added'))
      : run(() => call(saveTeamRoute, { params: { teamId: team.id }, body }), t('form.saved')));
  };
  const remove = () => {
    setAsking(false);
    if (team !== null) {
      void run(() => call(deleteTeamRoute, { params: { teamId: team.id } }), t('team.removed'));
    }
  };
  return (
    <form className={form.stack} onSubmit={save}>
      <TextField
        label={t('team.name')}
        required
        maxLength={100}
        value={name}
        data-autofocus
        onChange={(event) => setName(event.target.value)}
      />
      <TeamMembers memberIds={memberIds} onChange={setMemberIds} />
      {error !== '' && (
        <p className={form.error} role="alert">
          {error}
        </p>
      )}
      <div className={form.acts}>
        {team !== null && (
          <Button look="quiet" onClick={() => setAsking(true)}>
            {t('team.remove')}
          </Button>
        )}
        <span className="grow" />
        <Button look="quiet" onClick={onClose}>
          {t('act.cancel')}
        </Button>
        <Button look="solid" type="submit" busy={busy}>
          {t('form.save')}
        </Button>
      </div>
      <Ask
        opened={asking}
        title={t('team.askRemove', { name: team?.name ?? '' })}
        text={t('team.askRemoveText')}
        verb={t('team.remove')}
        danger
        onNo={() => setAsking(false)}
        onYes={remove}
      />
    </form>
  );
}

interface MembersProps {
  memberIds: readonly MemberId[];
  onChange: (memberIds: readonly MemberId[]) => void;
}

function TeamMembers({ memberIds, onChange }: MembersProps) {
  const { t } = useTranslation();
  const memberById = useMemberById();
  const others = useMembers().filter(({ id, state }) => state !== 'left' && !memberIds.includes(id));
  const inside = memberIds.flatMap((id) => memberById(id) ?? []);
  const add = (id: string) => {
    const member = others.find((each) => each.id === id);
    if (member !== undefined) onChange([...memberIds, member.id]);
  };
  return (
    <div className={styles.members}>
      <MemberPicker
        label={t('team.members')}
        hint={t('access.addHint')}
        choices={others.map(({ id, name, email, tint }) => ({ id, name, text: email, tint }))}
        onPick={add}
      />
      {inside.length === 0 && <p className={form.hint}>{t('team.nobody')}</p>}
      <ul className={styles.inside}>
        {inside.map((member) => (
          <li key={member.id}>
            <MemberCircle member={member} silent />
            <span className="cut grow">{member.name}</span>
            <IconButton
              size="sm"
              label={t('access.remove', { name: member.name })}
              onClick={() => onChange(memberIds.filter((id) => id !== member.id))}
            >
              <IconX size={16} stroke={1.7} aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
    </div>
  );
}
