import type { Mailbox } from '@madoguchi/contract';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFrame } from '../ui/use-width.ts';
import { FindSetting } from './find/find-setting.tsx';
import type { Section } from './sections.tsx';
import styles from './settings.module.css';

interface Props {
  /** The key of the section or the id of the mailbox that is open. */
  open: string;
  sections: readonly Section[];
  mailboxes: readonly Mailbox[];
  /** Undefined for who may not add one. */
  onAddMailbox: (() => void) | undefined;
}

/** The search over all settings and the list of them; on a phone the list unfolds under the open one's name. */
export function SettingsNav({ open, sections, mailboxes, onAddMailbox }: Props) {
  const { t } = useTranslation();
  const phone = useFrame() === 'phone';
  const [unfolded, setUnfolded] = useState(false);
  const [finding, setFinding] = useState(false);
  const title = sections.find(({ key }) => key === open)?.title;
  const name = title !== undefined ? t(title) : mailboxes.find(({ id }) => id === open)?.name;
  return (
    <nav className={styles.aside} aria-label={t('settings.title')}>
      <FindSetting sections={sections} mailboxes={mailboxes} onFinding={setFinding} />
      {phone && !finding && (
        <button
          type="button"
          className={styles.unfold}
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
        >
          <span className="sr">{t('find.sections')}: </span>
          <span className="cut grow">{name ?? t('find.sections')}</span>
          <IconChevronDown size={16} stroke={1.7} aria-hidden="true" />
        </button>
      )}
      {!finding && (!phone || unfolded) && (
        <List
          open={open}
          sections={sections}
          mailboxes={mailboxes}
          onAddMailbox={onAddMailbox}
          onGo={() => setUnfolded(false)}
        />
      )}
    </nav>
  );
}

function List({ open, sections, mailboxes, onAddMailbox, onGo }: Props & { onGo: () => void }) {
  const { t } = useTranslation();
  const item = (to: string, name: string) => (
    <Item key={to} to={to} name={name} open={to === open} onGo={onGo} />
  );
  const group = (wanted: Section['group'], title: string) => {
    const items = sections.filter((each) => each.group === wanted);
    return (
      items.length > 0 && <Group title={title}>{items.map((each) => item(each.key, t(each.title)))}</Group>
    );
  };
  return (
    <>
      {group('personal', t('settings.personal'))}
      {(mailboxes.length > 0 || onAddMailbox !== undefined) && (
        <Group title={t('settings.mailboxes')}>
          {mailboxes.map((each) => item(each.id, each.name))}
          {onAddMailbox !== undefined && (
            <li>
              <button type="button" className={styles.add} onClick={onAddMailbox}>
                <IconPlus size={14} stroke={1.8} aria-hidden="true" /> {t('settings.addMailbox')}
              </button>
            </li>
          )}
        </Group>
      )}
      {group('workspace', t('settings.workspace'))}
    </>
  );
}

const Group = ({ title, children }: { title: string; children: ReactNode }) => (
  <>
    <h2>{title}</h2>
    <ul>{children}</ul>
  </>
);

interface ItemProps {
  to: string;
  name: string;
  /** Also while a page below it is open. */
  open: boolean;
  onGo: () => void;
}

const Item = ({ to, name, open, onGo }: ItemProps) => (
  <li>
    <Link
      to="/settings/$section"
      params={{ section: to }}
      activeOptions={{ includeSearch: false }}
      aria-current={open ? 'page' : undefined}
      onClick={onGo}
      title={name}
    >
      <span className="cut">{name}</span>
    </Link>
  </li>
);
