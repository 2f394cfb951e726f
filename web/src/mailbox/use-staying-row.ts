import type { ConversationId, ConversationItem } from '@madoguchi/contract';
import { useEffect, useRef } from 'react';
import type { ShownGroup } from './row-list.tsx';
import { groupKey } from './view.ts';

interface Staying {
  scope: string;
  group: string;
  index: number;
  item: ConversationItem;
}

/**
 * Keeps the open row where it was when it has left the filter, until the selection moves (nothing moves under
 * the hand): a row that vanishes at once takes the reader's place with it.
 *
 * @param scope another list; nothing stays from the one before
 * @returns the groups, and the row that only stays; it is shown dimmed
 */
export function useStayingRow(
  groups: readonly ShownGroup[],
  selectedId: ConversationId | undefined,
  scope: string,
): { groups: readonly ShownGroup[]; stayingId: ConversationId | null } {
  const last = useRef<Staying | null>(null);
  const found = locate(groups, selectedId);
  useEffect(() => {
    if (found !== null) last.current = { scope, ...found };
  });
  const staying = last.current;
  const stays =
    found === null && staying !== null && staying.scope === scope && staying.item.id === selectedId;
  if (!stays) return { groups, stayingId: null };
  return {
    groups: groups.map((group) =>
      groupKey(group.wish) === staying.group
        ? { ...group, items: group.items.toSpliced(staying.index, 0, staying.item) }
        : group,
    ),
    stayingId: staying.item.id,
  };
}

function locate(
  groups: readonly ShownGroup[],
  id: ConversationId | undefined,
): Omit<Staying, 'scope'> | null {
  for (const { wish, items } of groups) {
    const index = items.findIndex((item) => item.id === id);
    const item = items[index];
    if (item !== undefined) return { group: groupKey(wish), index, item };
  }
  return null;
}
