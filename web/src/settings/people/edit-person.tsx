import { type Member, saveMemberRoute } from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/client.ts';
import { faultWords } from '../../data/fault.ts';
import { keys } from '../../data/keys.ts';
import { useMe, useMembers } from '../../data/queries.ts';
import { useTyped } from '../../data/use-typed.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { toast } from '../../ui/toasts.ts';
import { useRoleName } from '../roles/use-role-name.ts';
import styles from '../settings.module.css';
import { hasAllOf } from './rights.ts';
import { TagField } from './tag-field.tsx';
import type { People } from './use-people.ts';

interface Props {
  member: Member;
  people: People;
  onClose: () => void;
}

type Facts = Pick<Member, 'name' | 'roleId' | 'skills' | 'languages'>;

/** Name, role and what is known about a person. */
export function EditPerson({ member, people, onClose }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const members = useMembers();
  const queries = useQueryClient();
  const roleName = useRoleName();
  const { name, roleId, skills, languages } = member;
  const [typed, setTyped] = useTyped<Partial<Facts>>(`person ${member.id}`, {});
  const facts: Facts = { name, roleId, skills, languages, ...typed };
  const setFacts = (change: Partial<Facts>) => setTyped((before) => ({ ...before, ...change }));
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const self = member.id === me.member.id;
  const givable = people.roles.filter((role) => role.id === roleId || hasAllOf(me, role.permissions));
  const usedIn = (kind: 'skills' | 'languages') => [...new Set(members.flatMap((each) => each[kind]))];
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const params = { memberId: member.id };
      await call(saveMemberRoute, { params, body: { ...facts, name: facts.name.trim() } });
      const stale = [keys.members(), keys.roles(), ...(self ? [keys.me()] : [])];
      await Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
      toast(t('form.saved'));
      onClose();
    } catch (fault) {
      setError(faultWords(fault, t));
      setBusy(false);
    }
  };
  return (
    <form className={styles.stack} onSubmit={(event) => void save(event)}>
      <TextField
        label={t('settings.name')}
        required
        maxLength={100}
        value={facts.name}
        data-autofocus
        onChange={(event) => setFacts({ name: event.target.value })}
      />
      <div>
        <ChoiceField
          label={t('settings.role')}
          value={facts.roleId as string}
          disabled={self}
          choices={givable.map((role) => ({ value: role.id as string, label: roleName(role) }))}
          onChoose={(id) => setFacts({ roleId: givable.find((role) => role.id === id)?.id ?? facts.roleId })}
        />
        {self && <p className={styles.hint}>{t('people.ownRole')}</p>}
        {!self && givable.length < people.roles.length && (
          <p className={styles.hint}>{t('people.tooHigh')}</p>
        )}
      </div>
      <TagField
        label={t('people.skills')}
        hint={t('people.skillsHint')}
        tags={facts.skills}
        known={usedIn('skills')}
        onChange={(next) => setFacts({ skills: next })}
      />
      <TagField
        label={t('people.languages')}
        hint={t('people.languagesHint')}
        tags={facts.languages}
        known={usedIn('languages')}
        onChange={(next) => setFacts({ languages: next })}
      />
      {error !== '' && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <div className={styles.acts}>
        <Button look="quiet" onClick={onClose}>
          {t('act.cancel')}
        </Button>
        <Button look="solid" type="submit" busy={busy}>
          {t('form.save')}
        </Button>
      </div>
    </form>
  );
}
