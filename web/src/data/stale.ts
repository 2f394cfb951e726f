import type { EventKind, LiveLine } from '@madoguchi/contract';
import { keys } from './keys.ts';

type QueryKey = readonly unknown[];
type Stale = (line: LiveLine) => QueryKey[];

const of = (line: LiveLine, ...make: Array<(id: string) => QueryKey>): QueryKey[] =>
  line.conversationId === null ? [] : make.map((each) => each(line.conversationId ?? ''));

const said: Stale = (line) => [
  ...of(line, keys.conversation, keys.messages, keys.events),
  keys.lists(),
  keys.counts(),
  keys.customers(),
];
const changed: Stale = (line) => [
  ...of(line, keys.conversation, keys.events),
  keys.lists(),
  keys.counts(),
  keys.customers(),
];
const draft: Stale = (line) => [
  ...of(line, keys.drafts, keys.conversation),
  keys.lists(),
  keys.myDrafts(),
  keys.counts(),
];
const channel: Stale = () => [keys.channels(), keys.mailboxes()];
const people: Stale = () => [keys.members(), keys.mailboxes(), keys.me()];
/** Who may see or do something else than before: masks and rights reach into everything that is shown. */
const rights: Stale = () => [[]];
const signIns: Stale = () => [keys.me(), keys.signIns(), keys.sessions(), keys.tokens()];

/**
 * Which kept answers each event makes stale. Refetching is always right; patching may come later.
 * A new kind of event does not compile until someone has said what it makes stale.
 */
export const STALE = {
  message_received: said,
  message_sent: (line) => [...said(line), ...of(line, keys.drafts), keys.outgoing()],
  note_added: said,
  assigned: changed,
  team_assigned: changed,
  status_changed: changed,
  woken: changed,
  statuses_saved: () => [keys.statuses(), keys.reasons(), keys.lists(), keys.counts()],
  place_changed: changed,
  mailbox_changed: changed,
  label_added: changed,
  label_removed: changed,
  // What it did to each conversation is told by an event of its own as well.
  bulk_changed: () => [keys.counts()],
  hold_taken: changed,
  hold_ended: (line) => [...changed(line), ...of(line, keys.drafts)],
  take_over_asked: changed,
  take_over_ended: changed,
  draft_saved: draft,
  draft_discarded: draft,
  delivery_changed: (line) => [...said(line), keys.outgoing()],
  send_scheduled: (line) => [...said(line), ...of(line, keys.drafts), keys.outgoing()],
  send_undone: (line) => [...said(line), ...draft(line), keys.outgoing()],
  bounce_received: (line) => [...said(line), keys.outgoing()],
  seen_changed: (line) => [...of(line, keys.conversation), keys.lists(), keys.counts()],
  member_added: people,
  member_changed: rights,
  member_left: (line) => [...people(line), keys.lists()],
  mailbox_saved: () => [keys.mailboxes(), keys.me()],
  invitation_wanted: () => [keys.houseLetters()],
  role_saved: rights,
  team_saved: rights,
  security_saved: () => [keys.security()],
  workspace_renamed: () => [keys.me()],
  sign_in_unusual: signIns,
  sign_ins_ended: signIns,
  second_factor_changed: signIns,
  token_made: signIns,
  token_ended: signIns,
  preview_started: () => [keys.me()],
  label_saved: () => [keys.labels(), keys.lists(), keys.counts(), keys.conversations()],
  view_saved: () => [keys.views(), keys.viewCounts()],
  preview_ended: () => [keys.me()],
  exported: () => [],
  mailbox_members_changed: rights,
  channel_saved: channel,
  channel_failed: channel,
  channel_recovered: channel,
} satisfies Record<EventKind, Stale>;

const isKnown = (kind: string): kind is EventKind => kind in STALE;

/** What a handful of lines makes stale, each key once. A kind this page does not know yet: all of its conversation. */
export function staleAfter(lines: readonly LiveLine[]): QueryKey[] {
  const found = new Map<string, QueryKey>();
  for (const line of lines) {
    const stale = isKnown(line.kind) ? STALE[line.kind](line) : said(line);
    for (const key of stale) found.set(JSON.stringify(key), key);
  }
  return [...found.values()];
}
