import type { ConversationItem } from '@madoguchi/contract';
import { useChanges } from '../conversation/changes.ts';
import { useMe } from '../data/queries.ts';
import { useKeys } from '../ui/use-keys.ts';
import type { Chosen } from './bulk/use-selection.ts';
import type { GoTo, ListPlace } from './list-place.ts';
import { useItemActs } from './use-item-acts.ts';
import type { Panel } from './use-panel.ts';
import type { Walk } from './use-walk.ts';
import { tabs } from './view.ts';

interface Facts {
  place: ListPlace;
  go: GoTo;
  walk: Walk;
  panel: Panel;
  compose: (() => void) | undefined;
  goMailbox: (step: 1 | -1) => void;
  chosen: Chosen;
}

/** The keys of the daily acts, on whatever row is open. */
export function useListKeys({ place, go, walk, panel, compose, goMailbox, chosen }: Facts): void {
  const me = useMe();
  const changes = useChanges();
  const { step, stepFrom, current } = walk;
  const acts = useItemActs();
  const withCurrent = (act: (item: ConversationItem) => void) => () => {
    if (current !== undefined) act(current);
  };
  const leaveList = (may: (item: ConversationItem) => boolean, act: (item: ConversationItem) => void) =>
    withCurrent((item) => {
      if (!may(item)) return;
      stepFrom(item.id);
      act(item);
    });
  const enter = () => (place.c === undefined ? step(1) : document.getElementById('conversation')?.focus());
  const close = () => go({ c: undefined, d: undefined, w: undefined });
  /** The open row and the one it goes to; what is chosen grows with each step. */
  const extend = (by: 1 | -1) => () => {
    const at = walk.rows.findIndex(({ id }) => id === place.c);
    const [here, next] = [walk.rows[at], walk.rows[at < 0 && by === -1 ? -1 : at + by]];
    if (next === undefined) return;
    chosen.extendFrom(here?.id ?? next.id, next.id);
    step(by);
  };
  /** The acts on one conversation; while several are chosen, theirs stand in their place. */
  const ofOne = {
    escape: () => (panel.shown && !panel.wide ? panel.toggle() : close()),
    e: leaveList(acts.maySetStatus, (item) => changes.setStatus(item, 'done')),
    m: withCurrent((item) => acts.mayTake(item) && void changes.assign(item, me.member.id)),
    'shift+u': withCurrent((item) => {
      go({ c: undefined });
      changes.markUnread(item);
    }),
    '#': leaveList(acts.mayTrash, (item) =>
      changes.setPlace(item, item.place === 'trash' ? 'inbox' : 'trash'),
    ),
    '!': leaveList(acts.mayMarkSpam, (item) =>
      changes.setPlace(item, item.place === 'spam' ? 'inbox' : 'spam'),
    ),
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    arrowdown: () => step(1),
    arrowup: () => step(-1),
    'shift+j': extend(1),
    'shift+k': extend(-1),
    // Without an open row the first one: to choose a row need not open it, which would mark it as seen.
    x: () => {
      const item = current ?? walk.rows[0];
      if (item !== undefined) chosen.toggle(item.id);
    },
    'mod+a': walk.rows.length === 0 ? undefined : chosen.chooseRows,
    o: enter,
    enter,
    ...(chosen.active ? {} : ofOne),
    i: panel.toggle,
    c: () => compose?.(),
    '[': () => goMailbox(-1),
    ']': () => goMailbox(1),
    ...Object.fromEntries(tabs.map((each, index) => [`${index + 1}`, () => go({ tab: each, c: undefined })])),
  });
}
