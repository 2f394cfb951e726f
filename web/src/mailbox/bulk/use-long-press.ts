import { type PointerEvent, useRef } from 'react';

const HELD = 500;

/** A finger that stays on a row chooses it; the click that follows is no second act. */
export function useLongPress(onHeld: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wasHeld = useRef(false);
  const stop = () => clearTimeout(timer.current);
  return {
    /** True once, for the click that ends a long press. */
    takeHeld: () => {
      const held = wasHeld.current;
      wasHeld.current = false;
      return held;
    },
    events: {
      onPointerDown: ({ pointerType }: PointerEvent) => {
        stop();
        wasHeld.current = false;
        if (pointerType !== 'touch') return;
        timer.current = setTimeout(() => {
          wasHeld.current = true;
          onHeld();
        }, HELD);
      },
      onPointerUp: stop,
      onPointerCancel: stop,
      onPointerLeave: stop,
    },
  };
}
