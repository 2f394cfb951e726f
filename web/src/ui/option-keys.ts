import type { KeyboardEvent } from 'react';
import { belongsToInput } from './shortcuts.ts';

interface Options {
  count: number;
  at: number;
  onMove: (at: number) => void;
  /** Undefined where there is nothing to choose or to close: the key then does what it always does. */
  onChoose: (() => void) | undefined;
  onClose: (() => void) | undefined;
}

/** The keys of a field with a list below it; none is taken while an input method composes. */
export function optionKeys(event: KeyboardEvent, { count, at, onMove, onChoose, onClose }: Options): void {
  if (belongsToInput(event.nativeEvent)) return;
  const act = actOf(event.key);
  if (act === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  act();

  function actOf(key: string): (() => void) | undefined {
    if (key === 'Enter') return onChoose;
    if (key === 'Escape') return onClose;
    if (key === 'ArrowDown') return () => onMove(Math.min(at + 1, Math.max(count - 1, 0)));
    if (key === 'ArrowUp') return () => onMove(Math.max(at - 1, 0));
    return undefined;
  }
}
