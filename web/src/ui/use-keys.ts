import { useEffect, useRef } from 'react';
import { belongsToInput, isTyping, nameOf } from './shortcuts.ts';

export type KeyTable = Record<string, (() => void) | undefined>;

/** Acts of the page by key. Silent in fields, in open dialogs and menus, and while an input method composes. */
export function useKeys(table: KeyTable, enabled = true): void {
  const latest = useRef(table);
  latest.current = table;
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || belongsToInput(event) || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"],[role="menu"]') !== null) return;
      const act = latest.current[nameOf(event)];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [enabled]);
}
