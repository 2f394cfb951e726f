import { useSyncExternalStore } from 'react';

export interface Toast {
  id: number;
  words: string;
  /** Takes the act back; reachable by Z until the toast goes. */
  undo?: (() => void) | undefined;
  /** What the act of taking back is called here; 元に戻す unless told. */
  undoVerb?: string | undefined;
  /** By this device's clock (Date.now()): it goes then, counting down, whatever the pointer does. */
  undoUntil?: number | undefined;
  tone: 'plain' | 'alarm';
}

const MOST = 3;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says what was done, for 8 s, at the lower left; the oldest of more than three goes at once. */
export function toast(
  words: string,
  { undo, undoVerb, undoUntil, tone = 'plain' }: Partial<Omit<Toast, 'id' | 'words'>> = {},
) {
  lastId += 1;
  set([...toasts, { id: lastId, words, undo, undoVerb, undoUntil, tone }].slice(-MOST));
}

export function dismissToast(id: number): void {
  set(toasts.filter((each) => each.id !== id));
}

/** Takes away all that was said: it may name what the next person must not see. */
export function clearToasts(): void {
  set([]);
}

/** Undoes the newest act that can be undone. */
export function undoLast(): void {
  const last = toasts.findLast((each) => each.undo !== undefined);
  if (last === undefined) return;
  dismissToast(last.id);
  last.undo?.();
}

export const useToasts = (): readonly Toast[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
