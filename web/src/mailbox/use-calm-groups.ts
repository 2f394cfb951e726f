import type { ConversationId } from '@madoguchi/contract';
import { useEffect, useRef, useState } from 'react';
import type { ShownGroup } from './row-list.tsx';

const REST = 1_000;

/**
 * Keeps a list from moving under the hand: rows that arrive while it is being used wait behind a pill and
 * enter once nothing has moved for a second. What changes inside a row, and rows that leave, show at once.
 *
 * @param scope another list; its rows come in at once
 */
export function useCalmGroups(groups: readonly ShownGroup[], scope: string) {
  const busyUntil = useRef(0);
  const shown = useRef<{ scope: string; ids: Set<ConversationId> }>({ scope: '', ids: new Set() });
  const [, redraw] = useState(0);

  useEffect(() => {
    const use = () => {
      busyUntil.current = performance.now() + REST;
    };
    const names = ['pointermove', 'keydown', 'wheel', 'touchmove'] as const;
    for (const name of names) addEventListener(name, use, { passive: true });
    return () => {
      for (const name of names) removeEventListener(name, use);
    };
  }, []);

  const all = groups.flatMap((group) => group.items);
  const loaded = groups.every((group) => group.loaded);
  const known = shown.current.scope === scope;
  const fresh = known ? all.filter((item) => !shown.current.ids.has(item.id)) : [];
  // Rows fetched by scrolling down come at the end, where nothing moves.
  const late = fresh.filter((item) => all.indexOf(item) < all.length - fresh.length);
  const hold = late.length > 0 && performance.now() < busyUntil.current;
  const held = new Set(hold ? late.map((item) => item.id) : []);

  useEffect(() => {
    if (!loaded) return;
    const ids = new Set(all.map((item) => item.id).filter((id) => !held.has(id)));
    shown.current = { scope, ids };
    if (!hold) return;
    const timer = setTimeout(() => redraw((n) => n + 1), REST);
    return () => clearTimeout(timer);
  });

  return {
    groups: hold
      ? groups.map((group) => ({ ...group, items: group.items.filter((item) => !held.has(item.id)) }))
      : groups,
    waiting: held.size,
    show: () => {
      busyUntil.current = 0;
      redraw((n) => n + 1);
    },
  };
}
