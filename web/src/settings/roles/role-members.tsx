import type { RoleId } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';
import { useMembers } from '../../data/queries.ts';
import { MemberCircle } from '../../ui/who.tsx';
import styles from './roles.module.css';

/** Who has a role now; who left is not named. */
export function RoleMembers({ roleId }: { roleId: RoleId }) {
  const { t } = useTranslation();
  const members = useMembers().filter((member) => member.roleId === roleId && member.state !== 'left');
  if (members.length === 0) return <p className="muted">{t('role.nobody')}</p>;
  return (
    <ul className={styles.who}>
      {members.map((member) => (
        <li key={member.id}>
          <MemberCircle member={member} silent />
          <span className="cut">{member.name}</span>
        </li>
      ))}
    </ul>
  );
}
