import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

interface Facts {
  scroller: RefObject<HTMLElement | null>;
  /** What is in it; its height grows when letters tell theirs and when changes are fetched. */
  content: RefObject<HTMLElement | null>;
  /** Before the first new message; null when nothing is new. */
  newLine: RefObject<HTMLElement | null>;
  writing: boolean;
  /** False while something else stands in its place. */
  shown: boolean;
}

/** Near enough to the end for a new message to be followed. */
const AT_END = 80;
const ABOVE_NEW = 12;

/** Where the last message begins; infinite while there is none, so that the end comes first. */
const topOfLast = (pane: HTMLElement): number => {
  const last = [...pane.querySelectorAll<HTMLElement>('article')].at(-1);
  return last === undefined ? Number.POSITIVE_INFINITY : last.offsetTop - pane.offsetTop - ABOVE_NEW;
};

/** Where the time line is kept until a hand moves it. */
type Kept = 'new' | 'last' | 'end' | 'free';

/**
 * Opens the time line at the first new message, else at its end; a last message that is longer than the pane
 * is shown from its beginning. It stays there while it grows; once someone has scrolled, only the end is
 * followed, and only while it is in sight.
 */
export function useFollow({ scroller, content, newLine, writing, shown }: Facts): void {
  const kept = useRef<Kept | null>(null);
  const put = useRef(0);

  useLayoutEffect(() => {
    const pane = scroller.current;
    if (pane === null || !shown) return;
    const place = () => {
      const line = newLine.current;
      if (kept.current === 'free') return;
      const end = pane.scrollHeight - pane.clientHeight;
      if (kept.current === 'new' && line !== null) {
        pane.scrollTop = line.offsetTop - pane.offsetTop - ABOVE_NEW;
      } else {
        pane.scrollTop = kept.current === 'last' ? Math.min(end, topOfLast(pane)) : end;
      }
      put.current = pane.scrollTop;
    };
    const onScroll = () => {
      // Our own step, told late.
      if (Math.abs(pane.scrollTop - put.current) < 2) return;
      const atEnd = pane.scrollHeight - pane.scrollTop - pane.clientHeight < AT_END;
      kept.current = atEnd ? 'end' : 'free';
    };
    // Whoever comes back to it has chosen where.
    if (kept.current !== null) kept.current = 'free';
    else kept.current = newLine.current === null ? 'last' : 'new';
    place();
    const grow = new ResizeObserver(place);
    grow.observe(pane);
    if (content.current !== null) grow.observe(content.current);
    pane.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      grow.disconnect();
      pane.removeEventListener('scroll', onScroll);
    };
  }, [scroller, content, newLine, shown]);

  // Whoever begins to write sees what was said last above it.
  useEffect(() => {
    const pane = scroller.current;
    if (!writing || pane === null) return;
    kept.current = 'end';
    pane.scrollTop = pane.scrollHeight;
    put.current = pane.scrollTop;
  }, [scroller, writing]);
}
