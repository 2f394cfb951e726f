import { useEffect, useRef } from 'react';
import { belongsToInput, isTyping, nameOf } from './shortcuts.ts';

export type KeyTable = Record<string, (() => void) | undefined>;

const isCovered = () => document.querySelector('[role="dialog"],[role="menu"]') !== null;

/** Acts of the page by key. Silent in fields, in open dialogs and menus, and while an input method composes. */
export function useKeys(table: KeyTable, enabled = true): void {
  const latest = useRef(table);
  latest.current = table;
  useEffect(() => {
    if (!enabled) return;
    // Asked before anyone else is told: the Escape that closes a dialog is the dialog's, and by the time it
    // comes here the dialog is gone.
    let wasCovered = false;
    const onFirst = () => {
      wasCovered = isCovered();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || belongsToInput(event) || isTyping(event.target)) return;
      if (wasCovered || isCovered()) return;
      const act = latest.current[nameOf(event)];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', onFirst, true);
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onFirst, true);
      removeEventListener('keydown', onKey);
    };
  }, [enabled]);
}
