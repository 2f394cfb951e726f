import { Drawer } from '@mantine/core';
import { IconInbox, IconMenu2, IconSearch, IconUser } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { startLive } from '../data/live.ts';
import { useCounts, useMay, useMe, useMyMailboxes } from '../data/queries.ts';
import { watchComposition } from '../ui/shortcuts.ts';
import { undoLast } from '../ui/toasts.ts';
import { useKeys } from '../ui/use-keys.ts';
import { useFrame } from '../ui/use-width.ts';
import { Nav } from './nav.tsx';
import { PreviewStrip } from './preview-strip.tsx';
import styles from './shell.module.css';
import { ShortcutDialog, showKeys } from './shortcut-table.tsx';
import { UnusualStrip } from './unusual-strip.tsx';

/** What stands around every page of a signed-in person: navigation, live updates, keys that always work. */
export function Shell({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const frame = useFrame();
  const may = useMay();
  useEffect(() => startLive(queries), [queries]);
  useEffect(() => watchComposition(window), []);
  useKeys({
    '/': () => may('search.use') && void navigate({ to: '/search', search: { q: '' } }),
    '?': showKeys,
    z: undoLast,
  });
  return (
    <div className={styles.frame}>
      <div>
        <PreviewStrip />
        <UnusualStrip />
      </div>
      <div className={styles.app}>
        {frame !== 'phone' && <Nav />}
        <main className={styles.main}>{children}</main>
        {frame === 'phone' && <BottomBar />}
      </div>
      <ShortcutDialog />
    </div>
  );
}

function BottomBar() {
  const { t } = useTranslation();
  const [menu, setMenu] = useState(false);
  const may = useMay();
  const counts = useCounts();
  const mailboxes = useMyMailboxes();
  const [first] = mailboxes;
  const mine = counts === undefined ? 0 : counts.mine.open + counts.mine.in_progress;
  const reading = useRouterState({
    select: (state) => 'c' in state.location.search || 'd' in state.location.search,
  });
  // A pushed conversation has the whole screen; its own foot stands where this bar was.
  if (reading) return null;
  return (
    <nav className={styles.bottom} aria-label={t('nav.menu')}>
      {first !== undefined && (
        <Link to="/m/$mailboxId" params={{ mailboxId: first.id }} activeOptions={{ includeSearch: false }}>
          <IconInbox size={22} stroke={1.6} aria-hidden="true" />
          {t('nav.conversations')}
        </Link>
      )}
      <Link to="/v/$view" params={{ view: 'mine' }} activeOptions={{ includeSearch: false }}>
        <IconUser size={22} stroke={1.6} aria-hidden="true" />
        {t('nav.mineShort')}
        {mine > 0 && <span className={`${styles.badge} num`}>{mine}</span>}
      </Link>
      {may('search.use') && (
        <Link to="/search" search={{ q: '' }} activeOptions={{ includeSearch: false }}>
          <IconSearch size={22} stroke={1.6} aria-hidden="true" />
          {t('nav.search')}
        </Link>
      )}
      <button type="button" aria-expanded={menu} onClick={() => setMenu(true)}>
        <IconMenu2 size={22} stroke={1.6} aria-hidden="true" />
        {t('nav.menu')}
      </button>
      <Drawer
        opened={menu}
        onClose={() => setMenu(false)}
        position="bottom"
        size="85%"
        title={t('nav.menu')}
        zIndex={30}
        // The page itself never scrolls, and locking it writes a style that our policy refuses.
        lockScroll={false}
        classNames={{
          content: styles.sheet ?? '',
          header: styles.sheetHead ?? '',
          body: styles.sheetBody ?? '',
        }}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        <Nav onGo={() => setMenu(false)} />
      </Drawer>
    </nav>
  );
}

/** 「(5) ご注文・配送｜窓口」: the number is what waits for us in one's own mailboxes. */
export function useTitle(title: string): void {
  const { t } = useTranslation();
  const me = useMe();
  const counts = useCounts();
  const open = (counts?.mailboxes ?? [])
    .filter((each) => me.mailboxIds.includes(each.mailboxId))
    .reduce((sum, each) => sum + each.open, 0);
  useEffect(() => {
    document.title = `${open > 0 ? `(${open}) ` : ''}${title}｜${t('app.name')}`;
  }, [open, title, t]);
}
