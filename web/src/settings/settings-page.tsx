import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMailboxes, useMe } from '../data/queries.ts';
import { Page } from '../ui/page.tsx';
import { AddMailbox } from './add-mailbox.tsx';
import { DisplaySection } from './display-section.tsx';
import { MailboxSection } from './mailbox-section.tsx';
import { PeopleSection } from './people-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import styles from './settings.module.css';

interface Props {
  /** `profile`, `display`, `people` or a mailbox's id. */
  section: string;
  /** The table of keys, which belongs to the lists. */
  keyTable: ReactNode;
}

export function SettingsPage({ section, keyTable }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const mailboxes = useMailboxes();
  const [adding, setAdding] = useState(false);
  const manages = me.permissions.includes('settings.manage');
  const people = me.permissions.includes('people.manage');
  const mailbox = mailboxes.find((each) => each.id === section);
  const item = (to: string, name: string) => (
    <Link to="/settings/$section" params={{ section: to }}>
      <span className="cut">{name}</span>
    </Link>
  );
  return (
    <Page title={t('settings.title')} padded={false}>
      <div className={styles.set}>
        <nav className={styles.aside} aria-label={t('settings.title')}>
          <h2>{t('settings.personal')}</h2>
          {item('profile', t('settings.profile'))}
          {item('display', t('settings.display'))}
          {manages && (
            <>
              <h2>{t('settings.mailboxes')}</h2>
              {mailboxes.map((each) => (
                <div key={each.id}>{item(each.id, each.name)}</div>
              ))}
              <button type="button" className={styles.add} onClick={() => setAdding(true)}>
                <IconPlus size={14} stroke={1.8} aria-hidden="true" /> {t('settings.addMailbox')}
              </button>
            </>
          )}
          {people && (
            <>
              <h2>{t('settings.workspace')}</h2>
              {item('people', t('settings.people'))}
            </>
          )}
        </nav>
        {section === 'display' ? (
          <DisplaySection keyTable={keyTable} />
        ) : section === 'people' && people ? (
          <PeopleSection />
        ) : mailbox !== undefined && manages ? (
          <MailboxSection key={mailbox.id} mailbox={mailbox} />
        ) : (
          <ProfileSection />
        )}
      </div>
      <AddMailbox opened={adding} onClose={() => setAdding(false)} />
    </Page>
  );
}
