import { IconSettingsOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { rolesQuery, useMailboxes, useMe } from '../data/queries.ts';
import { useTyped } from '../data/use-typed.ts';
import { Page } from '../ui/page.tsx';
import { EmptyState } from '../ui/states.tsx';
import { AddMailbox } from './add-mailbox.tsx';
import { MailboxSection } from './mailbox-section.tsx';
import { RolePage } from './roles/role-page.tsx';
import { managesMailbox, sections, seesRoles } from './sections.tsx';
import styles from './settings.module.css';
import { SettingsNav } from './settings-nav.tsx';

interface Props {
  /** The key of a section, or the id of a mailbox or of a role. */
  section: string;
  /** The table of keys, which belongs to the lists. */
  keyTable: ReactNode;
}

export function SettingsPage({ section, keyTable }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const mailboxes = useMailboxes().filter((mailbox) => managesMailbox(me, mailbox.id));
  const [adding, setAdding] = useTyped('add mailbox', false);
  const mine = sections.filter(({ may }) => may(me));
  const known = mine.some(({ key }) => key === section) || mailboxes.some(({ id }) => id === section);
  return (
    <Page title={t('settings.title')} padded={false}>
      <div className={styles.set}>
        <SettingsNav
          // What is neither a section nor a mailbox is a role, whose page lies below the list of roles.
          open={known ? section : 'roles'}
          sections={mine}
          mailboxes={mailboxes}
          onAddMailbox={me.permissions.includes('mailbox.add') ? () => setAdding(true) : undefined}
        />
        <Content key={section} section={section} keyTable={keyTable} />
      </div>
      <AddMailbox opened={adding} onClose={() => setAdding(false)} />
    </Page>
  );
}

function Content({ section, keyTable }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const mailbox = useMailboxes().find((each) => each.id === section);
  const { data: roles, isPending } = useQuery(rolesQuery);
  const known = sections.find(({ key, may }) => key === section && may(me));
  if (known !== undefined) return <known.Page keyTable={keyTable} />;
  if (mailbox !== undefined && managesMailbox(me, mailbox.id)) return <MailboxSection mailbox={mailbox} />;
  const role = roles?.find((each) => each.id === section);
  if (role !== undefined && seesRoles(me)) return <RolePage role={role} />;
  if (isPending) return null;
  return <EmptyState icon={<IconSettingsOff />} title={t('find.notThere')} hint={t('find.notThereHint')} />;
}
