import type { ConversationId, DraftId } from '@madoguchi/contract';
import { useNavigate } from '@tanstack/react-router';
import { type Writing, writings } from './conversation/writing.ts';
import { CustomerPanel } from './customers/customer-panel.tsx';
import { useMyMailboxes, useViews } from './data/queries.ts';
import { readFilter } from './mailbox/filter/read-filter.ts';
import type { ListPlace } from './mailbox/list-place.ts';
import { MailboxPage } from './mailbox/mailbox-page.tsx';
import { orders, tabs, type View } from './mailbox/view.ts';
import { NotFound } from './ui/not-found.tsx';

/** The word if the list has it; an address may say anything. */
export const oneOf = <T extends string>(list: readonly T[], value: unknown): T | undefined =>
  list.find((each) => each === value);
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The place in a list, as an address may say it; what it does not know is left out. */
export function readPlace(search: Record<string, unknown>): ListPlace {
  const place = {
    tab: oneOf(tabs, search.tab),
    order: oneOf(orders, search.order),
    f: readFilter(search.f),
    // Ids are born here: what comes in by an address is checked by the server.
    c: text(search.c) as ConversationId | undefined,
    d: text(search.d) as DraftId | undefined,
    w: oneOf<Writing>(writings, search.w),
  };
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
}

/** A saved list by its id; whoever may not see it finds nothing there. */
export function SavedScreen({ viewId, place }: { viewId: string; place: ListPlace }) {
  const views = useViews();
  const saved = views?.find(({ id }) => id === viewId);
  if (saved !== undefined) return <ListScreen view={{ kind: 'saved', saved }} place={place} />;
  return views === undefined ? null : <NotFound />;
}

/** A list whose place is the page's address, so that back, reload and a pasted link all work. */
export function ListScreen({ view, place }: { view: View; place: ListPlace }) {
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
