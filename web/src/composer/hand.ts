const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchmove'] as const;

let movedAt = performance.now();

for (const sign of SIGNS)
  addEventListener(
    sign,
    (event) => {
      // A program can make events of its own.
      if (event.isTrusted) movedAt = performance.now();
    },
    { passive: true, capture: true },
  );

/** How long nobody has touched this window, in milliseconds. */
export const stillFor = (): number => performance.now() - movedAt;
