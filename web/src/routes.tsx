import type { ConversationId, CustomerId, DraftId, MailboxId } from '@madoguchi/contract';
import { readSetupRoute } from '@madoguchi/contract';
import { IconMapOff, IconMoodSad } from '@tabler/icons-react';
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  Outlet,
  redirect,
  useNavigate,
} from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Writing, writings } from './conversation/conversation-pane.tsx';
import { CustomerPage } from './customers/customer-page.tsx';
import { CustomerPanel } from './customers/customer-panel.tsx';
import { call, RefusedError } from './data/client.ts';
import { faultDetails } from './data/fault.ts';
import { mailboxesQuery, membersQuery, meQuery, statusesQuery, useMyMailboxes } from './data/queries.ts';
import { CustomerPage as DemoPage } from './demo/customer-page.tsx';
import { type ListPlace, MailboxPage } from './mailbox/mailbox-page.tsx';
import { OneConversation } from './mailbox/one-conversation.tsx';
import { Shell, useTitle } from './mailbox/shell.tsx';
import { KeyTable } from './mailbox/shortcut-table.tsx';
import { orders, tabs, type View } from './mailbox/view.ts';
import { OutboxPage } from './outbox/outbox-page.tsx';
import { SearchPage } from './search/search-page.tsx';
import { SettingsPage } from './settings/settings-page.tsx';
import { MemberLinkPage } from './sign-in/member-link-page.tsx';
import { SessionDialog } from './sign-in/session-dialog.tsx';
import { SetupPage } from './sign-in/setup-page.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';
import { Button } from './ui/button.tsx';
import { EmptyState } from './ui/states.tsx';
import { ToastStack } from './ui/toast-stack.tsx';

const LAST = 'madoguchi.last';

interface Context {
  queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: () => (
    <>
      <Outlet />
      <SessionDialog />
      <ToastStack />
    </>
  ),
  notFoundComponent: NotFound,
  errorComponent: Failed,
});

function NotFound() {
  const { t } = useTranslation();
  return <EmptyState icon={<IconMapOff />} title={t('error.notFound')} hint={t('error.notFoundHint')} />;
}

function Failed({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <EmptyState role="alert" icon={<IconMoodSad />} title={t('error.page')} hint={t('error.pageHint')}>
      <Button onClick={() => location.reload()}>{t('error.reload')}</Button>
      <Button look="quiet" onClick={() => void navigator.clipboard?.writeText(faultDetails(error))}>
        {t('act.copyDetails')}
      </Button>
    </EmptyState>
  );
}

/** Everything behind the sign-in: fetches what every screen needs before the first one is drawn. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context: { queries } }) => {
    try {
      await queries.ensureQueryData(meQuery);
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 401) throw error;
      const { needed } = await call(readSetupRoute, {});
      throw redirect({ to: needed ? '/setup' : '/sign-in' });
    }
    await Promise.all([
      queries.ensureQueryData(mailboxesQuery),
      queries.ensureQueryData(membersQuery),
      queries.ensureQueryData(statusesQuery),
    ]);
  },
  component: () => (
    <Shell>
      <Outlet />
    </Shell>
  ),
  errorComponent: Failed,
});

const oneOf = <T extends string>(list: readonly T[], value: unknown): T | undefined =>
  list.find((each) => each === value);
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The place in a list, as an address may say it; what it does not know is left out. */
function readPlace(search: Record<string, unknown>): ListPlace {
  const place = {
    tab: oneOf(tabs, search.tab),
    order: oneOf(orders, search.order),
    // Ids are born here: what comes in by an address is checked by the server.
    c: text(search.c) as ConversationId | undefined,
    d: text(search.d) as DraftId | undefined,
    w: oneOf<Writing>(writings, search.w),
  };
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
}

function ListScreen({ view, place }: { view: View; place: ListPlace }) {
  const navigate = useNavigate();
  const mailboxes = useMyMailboxes();
  const go = (change: ListPlace, options: { replace?: boolean } = {}) => {
    const next = readPlace({ ...place, ...change });
    void navigate({ to: '.', search: next, replace: options.replace ?? false });
  };
  const goMailbox = (step: 1 | -1) => {
    const at = view.kind === 'mailbox' ? mailboxes.findIndex((mailbox) => mailbox.id === view.mailboxId) : -1;
    const next = mailboxes.at((at + step) % mailboxes.length);
    if (next !== undefined) void navigate({ to: '/m/$mailboxId', params: { mailboxId: next.id } });
  };
  return (
    <MailboxPage
      view={view}
      place={place}
      go={go}
      goMailbox={goMailbox}
      side={(conversation, close) => <CustomerPanel conversation={conversation} onClose={close} />}
    />
  );
}

const remember = (path: string) => localStorage.setItem(LAST, path);

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: async ({ context: { queries } }) => {
    const me = await queries.ensureQueryData(meQuery);
    const last = /^\/m\/(.+)$/.exec(localStorage.getItem(LAST) ?? '')?.[1];
    const mailboxId = me.mailboxIds.find((id) => id === last) ?? me.mailboxIds[0];
    if (mailboxId === undefined) throw redirect({ to: '/v/$view', params: { view: 'all' } });
    throw redirect({ to: '/m/$mailboxId', params: { mailboxId } });
  },
});

const mailbox = createRoute({
  getParentRoute: () => inside,
  path: '/m/$mailboxId',
  validateSearch: readPlace,
  component: function MailboxRoute() {
    const { mailboxId } = mailbox.useParams();
    remember(`/m/${mailboxId}`);
    return (
      <ListScreen
        key={mailboxId}
        view={{ kind: 'mailbox', mailboxId: mailboxId as MailboxId }}
        place={mailbox.useSearch()}
      />
    );
  },
});

const views = ['mine', 'none', 'all', 'drafts'] as const;

const view = createRoute({
  getParentRoute: () => inside,
  path: '/v/$view',
  validateSearch: readPlace,
  component: function ViewRoute() {
    const kind = oneOf(views, view.useParams().view);
    const place = view.useSearch();
    return kind === undefined ? <NotFound /> : <ListScreen key={kind} view={{ kind }} place={place} />;
  },
});

const spam = createRoute({
  getParentRoute: () => inside,
  path: '/spam',
  validateSearch: readPlace,
  component: () => <ListScreen key="spam" view={{ kind: 'spam' }} place={spam.useSearch()} />,
});

const trash = createRoute({
  getParentRoute: () => inside,
  path: '/trash',
  validateSearch: readPlace,
  component: () => <ListScreen key="trash" view={{ kind: 'trash' }} place={trash.useSearch()} />,
});

const one = createRoute({
  getParentRoute: () => inside,
  path: '/c/$conversationId',
  validateSearch: (search: Record<string, unknown>): { w?: Writing } => {
    const w = oneOf<Writing>(writings, search.w);
    return w === undefined ? {} : { w };
  },
  component: function OneRoute() {
    const { conversationId } = one.useParams();
    const { w } = one.useSearch();
    const navigate = one.useNavigate();
    return (
      <OneConversation
        key={conversationId}
        conversationId={conversationId as ConversationId}
        writing={w}
        onWrite={(next) => void navigate({ search: next === undefined ? {} : { w: next }, replace: true })}
        side={(conversation, close) => <CustomerPanel conversation={conversation} onClose={close} />}
      />
    );
  },
});

const outbox = createRoute({
  getParentRoute: () => inside,
  path: '/outbox',
  component: function OutboxRoute() {
    useTitle(useTranslation().t('nav.outbox'));
    return <OutboxPage />;
  },
});

const search = createRoute({
  getParentRoute: () => inside,
  path: '/search',
  validateSearch: (given: Record<string, unknown>): { q: string } => ({
    q: given.q === undefined ? '' : String(given.q),
  }),
  component: function SearchRoute() {
    const { q } = search.useSearch();
    const navigate = search.useNavigate();
    useTitle(useTranslation().t('nav.search'));
    return <SearchPage q={q} onSearch={(words) => void navigate({ search: { q: words } })} />;
  },
});

const customer = createRoute({
  getParentRoute: () => inside,
  path: '/customers/$customerId',
  component: function CustomerRoute() {
    useTitle(useTranslation().t('customer.title'));
    return <CustomerPage customerId={customer.useParams().customerId as CustomerId} />;
  },
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings/$section',
  component: function SettingsRoute() {
    useTitle(useTranslation().t('nav.settings'));
    return <SettingsPage section={settings.useParams().section} keyTable={<KeyTable />} />;
  },
});

/** Signing in begins with an empty page: nothing of another person may stay in it. */
const enter = () => location.assign('/');

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: () => <SignInPage onDone={enter} />,
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: () => <SetupPage onDone={enter} />,
});
const link = createRoute({
  getParentRoute: () => root,
  path: '/link/$token',
  component: () => <MemberLinkPage token={link.useParams().token} onDone={enter} />,
});
const demo = createRoute({ getParentRoute: () => root, path: '/customer', component: DemoPage });

const tree = root.addChildren([
  inside.addChildren([home, mailbox, view, spam, trash, one, outbox, search, customer, settings]),
  signIn,
  setup,
  link,
  demo,
]);

export function makeRouter(queries: QueryClient) {
  return createRouter({ routeTree: tree, context: { queries }, defaultPreload: false });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
