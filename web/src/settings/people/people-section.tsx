import type { Member } from '@madoguchi/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../data/clock.ts';
import { useMe, useMembers } from '../../data/queries.ts';
import { useTyped } from '../../data/use-typed.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { holds } from '../../ui/fold.ts';
import form from '../settings.module.css';
import { AddPerson } from './add-person.tsx';
import { newsOf } from './letters.ts';
import { LinkDialog, type MadeLink } from './link-dialog.tsx';
import styles from './people.module.css';
import { type Acting, PersonDialogs } from './person-dialogs.tsx';
import type { PersonAct } from './person-menu.tsx';
import { PersonRow } from './person-row.tsx';
import { useLetters } from './use-letters.ts';
import { type People, usePeople } from './use-people.ts';
import { usePersonActs } from './use-person-acts.ts';

const RANK = { active: 0, invited: 1, suspended: 2, left: 3 } as const;

/** The people of the workspace, in the order in which one looks for them. */
const inOrder = (members: readonly Member[]): Member[] =>
  [...members].sort((a, b) => RANK[a.state] - RANK[b.state] || a.name.localeCompare(b.name, 'ja'));

const textOf = (member: Member, people: People): string =>
  [
    member.name,
    member.email,
    people.roleName(member),
    ...people.teamsOf(member).map(({ name }) => name),
    ...member.skills,
    ...member.languages,
  ].join(' ');

export function PeopleSection() {
  const { t } = useTranslation();
  const me = useMe();
  const people = usePeople();
  const members = useMembers();
  const [words, setWords] = useState('');
  const [showGone, setShowGone] = useState(false);
  const [adding, setAdding] = useTyped('invite', false);
  const [link, setLink] = useState<MadeLink | null>(null);
  const [acting, setActing] = useTyped<Acting | null>('person', null);
  const letters = useLetters();
  const now = useNow();
  const { makeLink, preview } = usePersonActs();
  const act = async (member: Member, wanted: PersonAct) => {
    if (wanted === 'preview') return preview(member);
    if (wanted !== 'link' && wanted !== 'mailLink') return setActing({ memberId: member.id, act: wanted });
    const made = await makeLink(member, wanted === 'mailLink');
    if (made !== null) setLink(made);
  };
  const found = inOrder(members).filter((member) => holds(textOf(member, people), words));
  const here = found.filter(({ state }) => state !== 'left');
  const gone = found.filter(({ state }) => state === 'left');
  const row = (member: Member) => (
    <PersonRow
      key={member.id}
      member={member}
      people={people}
      letter={newsOf(member, letters, now)}
      onAct={(wanted) => void act(member, wanted)}
    />
  );
  return (
    <div className={form.form}>
      <div className={form.top}>
        <h2>{t('settings.people')}</h2>
        <span className="grow muted small num">{t('people.active', { count: here.length })}</span>
        {me.permissions.includes('people.add') && (
          <Button look="solid" onClick={() => setAdding(true)}>
            {t('people.add')}
          </Button>
        )}
      </div>
      <div className={styles.search}>
        <TextField
          type="search"
          label={t('people.find')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      {here.length > 0 && <ul className={styles.people}>{here.map(row)}</ul>}
      {found.length === 0 && (
        <p className={styles.nobody} role="status">
          {t('people.nobodyFound', { words: words.trim() })}
        </p>
      )}
      {gone.length > 0 && (
        <div className={styles.gone}>
          <Button look="quiet" aria-expanded={showGone} onClick={() => setShowGone(!showGone)}>
            {t(showGone ? 'people.hideGone' : 'people.showGone', { count: gone.length })}
          </Button>
          {showGone && <ul className={styles.people}>{gone.map(row)}</ul>}
        </div>
      )}
      <AddPerson opened={adding} roles={people.roles} onClose={() => setAdding(false)} onAdded={setLink} />
      <PersonDialogs acting={acting} people={people} onClose={() => setActing(null)} />
      <LinkDialog made={link} onClose={() => setLink(null)} />
    </div>
  );
}
