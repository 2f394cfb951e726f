import type { ConversationId, CustomerId, MailboxId } from '@madoguchi/contract';
import { readSetupRoute } from '@madoguchi/contract';
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Writing, writings } from './conversation/writing.ts';
import { CustomerPanel } from './customers/customer-panel.tsx';
import { call, RefusedError } from './data/client.ts';
import { obeyChoices } from './data/own-choices.ts';
import { ensureGround, meQuery } from './data/queries.ts';
import { endOf } from './data/session.ts';
import { ListScreen, oneOf, readPlace, SavedScreen } from './list-screen.tsx';
import { OneConversation } from './mailbox/one-conversation.tsx';
import { Shell, useTitle } from './mailbox/shell.tsx';
import { KeyTable } from './mailbox/shortcut-table.tsx';
import { Inside } from './sign-in/inside.tsx';
import { SessionDialog } from './sign-in/session-dialog.tsx';
import { Failed } from './trouble.tsx';
import { NotFound } from './ui/not-found.tsx';
import { ToastStack } from './ui/toast-stack.tsx';

const LAST = 'madoguchi.last';

/** Pages one visits seldom come when they are visited. */
const OutboxPage = lazyRouteComponent(() => import('./outbox/outbox-page.tsx'), 'OutboxPage');
const SearchPage = lazyRouteComponent(() => import('./search/search-page.tsx'), 'SearchPage');
const CustomerPage = lazyRouteComponent(() => import('./customers/customer-page.tsx'), 'CustomerPage');
const SettingsPage = lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage');
const SignInPage = lazyRouteComponent(() => import('./sign-in/sign-in-page.tsx'), 'SignInPage');
const SetupPage = lazyRouteComponent(() => import('./sign-in/setup-page.tsx'), 'SetupPage');
const MemberLinkPage = lazyRouteComponent(() => import('./sign-in/member-link-page.tsx'), 'MemberLinkPage');
const DemoPage = lazyRouteComponent(() => import('./demo/customer-page.tsx'), 'CustomerPage');

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

/** Everything behind the sign-in: fetches what every screen needs before the first one is drawn. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context: { queries } }) => {
    try {
      await obeyChoices(await ensureGround(queries));
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 401) throw error;
      const { needed } = await call(readSetupRoute, {});
      if (needed) throw redirect({ to: '/setup' });
      const end = endOf(error.refusal.code);
      throw redirect({ to: '/sign-in', search: end === 'network' || end === 'ended' ? { why: end } : {} });
    }
  },
  component: () => (
    <Inside>
      <Shell>
        <Outlet />
      </Shell>
    </Inside>
  ),
  errorComponent: Failed,
});

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

const views = ['mine', 'team', 'none', 'all', 'drafts'] as const;

const view = createRoute({
  getParentRoute: () => inside,
  path: '/v/$view',
  validateSearch: readPlace,
  component: function ViewRoute() {
    const named = view.useParams().view;
    const kind = oneOf(views, named);
    const place = view.useSearch();
    return kind === undefined ? (
      <SavedScreen key={named} viewId={named} place={place} />
    ) : (
      <ListScreen key={kind} view={{ kind }} place={place} />
    );
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
  wrapInSuspense: true,
  component: function OutboxRoute() {
    useTitle(useTranslation().t('nav.outbox'));
    return <OutboxPage />;
  },
});

const search = createRoute({
  getParentRoute: () => inside,
  path: '/search',
  wrapInSuspense: true,
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
  wrapInSuspense: true,
  component: function CustomerRoute() {
    useTitle(useTranslation().t('customer.title'));
    return <CustomerPage customerId={customer.useParams().customerId as CustomerId} />;
  },
});

/** The page of the settings that everybody has. */
const settingsHome = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/$section', params: { section: 'profile' }, replace: true });
  },
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings/$section',
  wrapInSuspense: true,
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
  wrapInSuspense: true,
  validateSearch: (given: Record<string, unknown>): { why?: 'network' | 'ended' } => {
    const why = oneOf(['network', 'ended'] as const, given.why);
    return why === undefined ? {} : { why };
  },
  component: () => <SignInPage why={signIn.useSearch().why} onDone={enter} />,
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  wrapInSuspense: true,
  component: () => <SetupPage onDone={enter} />,
});
const link = createRoute({
  getParentRoute: () => root,
  path: '/link/$token',
  wrapInSuspense: true,
  component: () => <MemberLinkPage token={link.useParams().token} onDone={enter} />,
});
const demo = createRoute({
  getParentRoute: () => root,
  path: '/customer',
  wrapInSuspense: true,
  component: DemoPage,
});

const tree = root.addChildren([
  inside.addChildren([
    home,
    mailbox,
    view,
    spam,
    trash,
    one,
    outbox,
    search,
    customer,
    settingsHome,
    settings,
  ]),
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
