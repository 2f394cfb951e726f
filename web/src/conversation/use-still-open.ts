import { useEffect, useRef } from 'react';
import type { Writing } from './writing.ts';

/**
 * Whether a composer is still the one that is open. One that ends late, after its last save, must not close
 * what was opened meanwhile, here or on another conversation.
 */
export function useStillOpen(writing: Writing | undefined): (which: Writing | undefined) => boolean {
  const shown = useRef(writing);
  useEffect(() => {
    shown.current = writing;
    return () => {
      shown.current = undefined;
    };
  }, [writing]);
  return (which) => shown.current === which;
}
