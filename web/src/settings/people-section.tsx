import {
  listRolesRoute,
  type Member,
  type MemberLink,
  makeMemberLinkRoute,
  saveMemberRoute,
} from '@madoguchi/contract';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { keys } from '../data/keys.ts';
import { useMe, useMembers } from '../data/queries.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { toast } from '../ui/toasts.ts';
import { MemberCircle } from '../ui/who.tsx';
import { AddPerson } from './add-person.tsx';
import { LinkDialog } from './link-dialog.tsx';
import styles from './settings.module.css';

export const rolesQuery = {
  queryKey: keys.roles(),
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await call(listRolesRoute, {}, { signal })).items,
};

/** The people of the workspace: adding one gives a link; a leaver is switched off and keeps his row. */
export function PeopleSection() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useMe();
  const members = useMembers();
  const { data: roles = [] } = useQuery(rolesQuery);
  const [adding, setAdding] = useState(false);
  const [turning, setTurning] = useState<Member | null>(null);
  const [link, setLink] = useState<{ name: string; link: MemberLink } | null>(null);
  const roleName = (id: Member['roleId']) => {
    const key = roles.find((role) => role.id === id)?.key;
    return key === 'admin' || key === 'administrator' ? t('settings.roleAdmin') : t('settings.roleMember');
  };
  const refetch = () => queries.invalidateQueries({ queryKey: keys.members() });
  const fail = (error: unknown) => toast(faultWords(error, t), { tone: 'alarm' });
  const setState = (member: Member, state: 'active' | 'off') =>
    call(saveMemberRoute, {
      params: { memberId: member.id },
      body: { name: member.name, roleId: member.roleId, state },
    })
      .then(refetch)
      .catch(fail);
  const setRole = (member: Member, roleId: Member['roleId']) =>
    call(saveMemberRoute, {
      params: { memberId: member.id },
      body: { name: member.name, roleId, state: member.state === 'off' ? 'off' : 'active' },
    })
      .then(refetch)
      .catch(fail);
  const makeLink = (member: Member) =>
    call(makeMemberLinkRoute, { params: { memberId: member.id } })
      .then((made) => setLink({ name: member.name, link: made }))
      .catch(fail);
  const sorted = [...members].sort((a, b) => Number(a.state === 'off') - Number(b.state === 'off'));
  return (
    <div className={styles.form}>
      <div className={styles.top}>
        <h2>{t('settings.people')}</h2>
        <span className="grow muted small">{t('settings.peopleLead')}</span>
        <Button look="solid" onClick={() => setAdding(true)}>
          {t('settings.addPerson')}
        </Button>
      </div>
      <ul className={styles.people}>
        {sorted.map((member) => (
          <li key={member.id} className={styles.person} data-off={member.state === 'off' || undefined}>
            <MemberCircle member={member} size={32} silent />
            <span className={styles.named}>
              {member.name}
              {member.id === me.member.id && <span className="muted">{t('settings.you')}</span>}
              <small>{member.email}</small>
            </span>
            {member.state !== 'active' && (
              <span className="muted small">
                {t(member.state === 'off' ? 'settings.isOff' : 'settings.invited')}
              </span>
            )}
            {roles.length > 1 && member.state !== 'off' && member.id !== me.member.id ? (
              <span className={styles.roleField}>
                <select
                  className={styles.role}
                  aria-label={`${member.name}: ${t('settings.role')}`}
                  value={member.roleId}
                  onChange={(event) => {
                    const role = roles.find((each) => each.id === event.target.value);
                    if (role !== undefined) void setRole(member, role.id);
                  }}
                >
                  {roles.map((role) => (
                    <option key={role.id} value={role.id}>
                      {roleName(role.id)}
                    </option>
                  ))}
                </select>
                <IconChevronDown size={14} stroke={1.7} aria-hidden="true" />
              </span>
            ) : (
              <span className="muted small">{roleName(member.roleId)}</span>
            )}
            {member.state !== 'off' && (
              <Button size="sm" onClick={() => void makeLink(member)}>
                {t(member.state === 'invited' ? 'settings.invite' : 'settings.resetLink')}
              </Button>
            )}
            {member.id !== me.member.id && (
              <Button
                size="sm"
                look="quiet"
                onClick={() =>
                  member.state === 'off' ? void setState(member, 'active') : setTurning(member)
                }
              >
                {t(member.state === 'off' ? 'settings.switchOn' : 'settings.switchOff')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <AddPerson
        opened={adding}
        roles={roles.map((role) => ({ id: role.id, name: roleName(role.id) }))}
        onClose={() => setAdding(false)}
        onAdded={(name, made) => {
          setAdding(false);
          setLink({ name, link: made });
          void refetch();
        }}
      />
      <Ask
        opened={turning !== null}
        title={t('settings.askOff', { name: turning?.name ?? '' })}
        text={t('settings.askOffText')}
        verb={t('settings.switchOff')}
        danger
        onNo={() => setTurning(null)}
        onYes={() => {
          if (turning !== null) void setState(turning, 'off');
          setTurning(null);
        }}
      />
      <LinkDialog made={link} onClose={() => setLink(null)} />
    </div>
  );
}
