import type { Conversation, ConversationId, ConversationItem } from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { conversationQuery, messagesQuery } from '../data/queries.ts';
import { useFrame } from '../ui/use-width.ts';
import type { GoTo } from './list-place.ts';

const FRESH = 30_000;

/**
 * Walking through a list: which row is open, which comes next, and in which direction one goes. The rows
 * are those that stand on the screen, or stood there before a pushed conversation took its place.
 */
export function useWalk(openId: ConversationId | undefined, opened: Conversation | undefined, go: GoTo) {
  const queries = useQueryClient();
  const phone = useFrame() === 'phone';
  const [rows, setRows] = useState<readonly ConversationItem[]>([]);
  const direction = useRef<1 | -1>(1);
  const indexOf = (id: ConversationId | undefined) => rows.findIndex((row) => row.id === id);
  const at = indexOf(openId);

  const prefetch = useCallback(
    (item: ConversationItem | undefined) => {
      if (item === undefined) return;
      void queries.prefetchQuery({ ...conversationQuery(item.id), staleTime: FRESH });
      void queries.prefetchInfiniteQuery({ ...messagesQuery(item.id), staleTime: FRESH });
    },
    [queries],
  );
  const step = (by: 1 | -1) => {
    direction.current = by;
    const next = at < 0 ? rows.at(by === 1 ? 0 : -1) : rows[at + by];
    if (next === undefined) return;
    prefetch(rows[indexOf(next.id) + by]);
    go({ c: next.id, w: undefined, d: undefined }, { replace: openId !== undefined });
  };
  /** Opens the row that follows one which leaves the list, in the direction of the last step. */
  const stepFrom = (id: ConversationId) => {
    const left = indexOf(id);
    const next = rows[left + direction.current] ?? rows[left - direction.current];
    go({ c: phone ? undefined : next?.id, w: undefined }, { replace: true });
  };
  const current: ConversationItem | undefined = opened ?? rows[at];
  const position = at < 0 ? null : { index: at + 1, total: rows.length };
  return { rows, current, position, prefetch, step, stepFrom, setRows };
}

export type Walk = ReturnType<typeof useWalk>;
