import type { HouseLetter, Member } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';
import { useMailboxes, useMe } from '../../data/queries.ts';
import { Button } from '../../ui/button.tsx';
import { MemberCircle } from '../../ui/who.tsx';
import { LetterLine } from './letter-line.tsx';
import styles from './people.module.css';
import { type PersonAct, PersonMenu } from './person-menu.tsx';
import { actsOn } from './rights.ts';
import type { People } from './use-people.ts';

const NAMES_SHOWN = 2;

interface Props {
  member: Member;
  people: People;
  /** What the house wrote to him and is worth knowing. */
  letter: HouseLetter | undefined;
  onAct: (act: PersonAct) => void;
}

/** One person: who, in which role, where; and what may be done about him. */
export function PersonRow({ member, people, letter, onAct }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const acts = actsOn(me, member, people.roleOf(member));
  const leaving = acts.suspend || acts.retire;
  return (
    <li className={styles.person} data-off={member.state === 'left' || undefined}>
      <MemberCircle member={member} size={32} silent />
      <span className={styles.named}>
        <b>
          {member.name}
          {member.id === me.member.id && <span className="muted">{t('people.you')}</span>}
        </b>
        {member.email !== '' && <small>{member.email}</small>}
      </span>
      <span className={styles.what}>
        {people.roleName(member)}
        {member.state !== 'active' && <i>{t(`people.state.${member.state}`)}</i>}
        <Places member={member} people={people} />
        {letter !== undefined && (
          <LetterLine member={member} letter={letter} onLink={acts.reset ? () => onAct('link') : undefined} />
        )}
      </span>
      <span className={styles.rowActs}>
        {acts.edit && (
          <Button
            size="sm"
            aria-label={t('people.editOf', { name: member.name })}
            onClick={() => onAct('edit')}
          >
            {t('people.edit')}
          </Button>
        )}
        {acts.comeBack && (
          <Button size="sm" onClick={() => onAct('comeBack')}>
            {t('people.comeBack')}
          </Button>
        )}
        {leaving && (
          <Button size="sm" look="quiet" onClick={() => onAct('leave')}>
            {t(member.state === 'invited' ? 'people.withdraw' : 'people.leave')}
          </Button>
        )}
        <PersonMenu member={member} acts={acts} onAct={onAct} />
      </span>
    </li>
  );
}

/** The mailboxes and teams of a person, as far as the asker knows them. */
function Places({ member, people }: { member: Member; people: People }) {
  const { t } = useTranslation();
  const mailboxes = useMailboxes().filter(({ memberIds }) => memberIds.includes(member.id));
  const few = (names: string[]) => {
    const first = names.slice(0, NAMES_SHOWN).join(t('people.and'));
    const rest = names.length - NAMES_SHOWN;
    return rest > 0 ? t('people.more', { names: first, count: rest }) : first;
  };
  const nameOf = ({ name }: { name: string }) => name;
  const teams = people.teamsOf(member);
  if (member.state === 'left') return null;
  return (
    <>
      <small title={mailboxes.map(nameOf).join(t('people.and'))}>
        {mailboxes.length === 0 ? t('people.noMailbox') : few(mailboxes.map(nameOf))}
      </small>
      {teams.length > 0 && <small>{t('people.inTeams', { names: few(teams.map(nameOf)) })}</small>}
    </>
  );
}
