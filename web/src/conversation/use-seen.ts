import type { Conversation, Message } from '@madoguchi/contract';
import { useEffect, useRef } from 'react';
import type { Changes } from './changes.ts';

const LOOKED = 1_000;

/** A conversation counts as seen once its newest message has been on the screen of a visible page for a second. */
export function useSeen(
  conversation: Conversation | undefined,
  messages: readonly Message[],
  changes: Changes,
): void {
  const told = useRef(0);
  const newest = Math.max(0, ...messages.map((message) => message.revision));
  const latest = useRef({ conversation, changes });
  latest.current = { conversation, changes };
  const unread = conversation?.unread ?? false;
  // What came back by itself says so until it was looked at, also where nothing new was said.
  const woken = conversation?.woken ?? false;
  useEffect(() => {
    if (newest === 0 || !(woken || (unread && newest > told.current))) return;
    const timer = setInterval(() => {
      const open = latest.current.conversation;
      if (document.visibilityState !== 'visible' || open === undefined) return;
      clearInterval(timer);
      told.current = newest;
      void latest.current.changes.setSeen(open, newest);
    }, LOOKED);
    return () => clearInterval(timer);
  }, [unread, woken, newest]);
}
