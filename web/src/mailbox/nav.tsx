import type { Mailbox } from '@madoguchi/contract';
import {
  IconInbox,
  IconMailOff,
  IconMasksTheater,
  IconPencil,
  IconSearch,
  IconSend,
  IconSettings,
  IconStack2,
  IconTrash,
  IconUser,
  IconUsers,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useCounts, useMay, useMe, useMyMailboxes } from '../data/queries.ts';
import { Kbd } from '../ui/kbd.tsx';
import { MeMenu } from './me-menu.tsx';
import styles from './nav.module.css';
import { Inside, Tip } from './nav-item.tsx';
import { SpaceName } from './space-name.tsx';
import { NavViews } from './views/nav-views.tsx';

function MailboxItem({ mailbox, open, onGo }: { mailbox: Mailbox; open: number; onGo: () => void }) {
  const { t } = useTranslation();
  const tint = { '--tint': `var(--label-${mailbox.tint})` } as CSSProperties;
  return (
    <li>
      <Tip name={mailbox.name}>
        <Link
          to="/m/$mailboxId"
          params={{ mailboxId: mailbox.id }}
          activeOptions={{ includeSearch: false }}
          className={styles.item ?? ''}
          onClick={onGo}
        >
          <Inside
            icon={
              <span className={styles.swatch} style={tint} aria-hidden="true">
                <i>{[...mailbox.name][0]}</i>
              </span>
            }
            name={mailbox.name}
            count={open}
            countSaid={t('nav.openCount', { count: open })}
          />
        </Link>
      </Tip>
    </li>
  );
}

/** The whole navigation; a count beside a name is the length of its list. */
export function Nav({ onGo = () => undefined }: { onGo?: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const may = useMay();
  const counts = useCounts();
  const mailboxes = useMyMailboxes();
  const openOf = (id: string) => counts?.mailboxes.find((each) => each.mailboxId === id)?.open ?? 0;
  const turn = (of: { open: number; in_progress: number } | undefined) => (of ? of.open + of.in_progress : 0);
  const views = [
    { view: 'mine', icon: <IconUser />, count: turn(counts?.mine) },
    ...(me.teamIds.length === 0
      ? []
      : [{ view: 'team', icon: <IconUsers />, count: turn(counts?.myTeams) } as const]),
    { view: 'none', icon: <IconInbox />, count: turn(counts?.unassigned) },
    { view: 'all', icon: <IconStack2 />, count: 0 },
    { view: 'drafts', icon: <IconPencil />, count: counts?.drafts ?? 0 },
  ] as const;
  const link = { className: styles.item ?? '', onClick: onGo, activeOptions: { includeSearch: false } };
  return (
    <nav className={styles.nav} aria-label={t('nav.label')}>
      <SpaceName />
      {may('search.use') && (
        <Tip name={t('nav.search')}>
          <Link to="/search" search={{ q: '' }} className={styles.find ?? ''}>
            <IconSearch size={16} stroke={1.7} aria-hidden="true" />
            <span className={`${styles.word} grow`}>{t('nav.search')}</span>
            <span className="sr">{t('nav.search')}</span>
            <Kbd>/</Kbd>
          </Link>
        </Tip>
      )}
      <ul>
        {views.map(({ view, icon, count }) => (
          <li key={view}>
            <Tip name={t(`nav.${view}`)}>
              <Link to="/v/$view" params={{ view }} {...link}>
                <Inside icon={icon} name={t(`nav.${view}`)} count={count} />
              </Link>
            </Tip>
          </li>
        ))}
      </ul>
      <h2>{t('nav.mailboxes')}</h2>
      <ul>
        {mailboxes.map((mailbox) => (
          <MailboxItem key={mailbox.id} mailbox={mailbox} open={openOf(mailbox.id)} onGo={onGo} />
        ))}
      </ul>
      <NavViews onGo={onGo} />
      <ul>
        {may('outgoing.see') && (
          <li>
            <Tip name={t('nav.outbox')}>
              <Link to="/outbox" {...link}>
                <Inside
                  icon={<IconSend />}
                  name={t('nav.outbox')}
                  count={counts?.outboxAlarms}
                  countSaid={t('nav.needsPerson', { count: counts?.outboxAlarms ?? 0 })}
                  bad
                />
              </Link>
            </Tip>
          </li>
        )}
        <li>
          <Tip name={t('nav.spam')}>
            <Link to="/spam" {...link}>
              <Inside icon={<IconMailOff />} name={t('nav.spam')} />
            </Link>
          </Tip>
        </li>
        <li>
          <Tip name={t('nav.trash')}>
            <Link to="/trash" {...link}>
              <Inside icon={<IconTrash />} name={t('nav.trash')} />
            </Link>
          </Tip>
        </li>
      </ul>
      <ul className={styles.end}>
        {me.workspace.demo && (
          <li>
            <Tip name={t('nav.demo')}>
              <a href="/customer" target="_blank" rel="noopener" className={styles.item}>
                <Inside icon={<IconMasksTheater />} name={t('nav.demo')} />
              </a>
            </Tip>
          </li>
        )}
        <li>
          <Tip name={t('nav.settings')}>
            <Link to="/settings/$section" params={{ section: 'profile' }} {...link}>
              <Inside icon={<IconSettings />} name={t('nav.settings')} />
            </Link>
          </Tip>
        </li>
      </ul>
      <MeMenu />
    </nav>
  );
}
