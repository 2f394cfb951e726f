import { type DraftId, discardDraftRoute } from '@madoguchi/contract';
import { useEffect, useRef } from 'react';
import { call } from '../data/client.ts';
import { isUntouched } from './untouched.ts';
import type { DraftHandle } from './use-draft.ts';

interface Facts {
  draftId: DraftId;
  /** Files are still on their way: the mail is not empty, it only looks so. */
  busy: boolean;
  /** Lists and counts may have changed. */
  onChanged: () => void;
}

/**
 * However one walks away from a new mail, what was written is kept and what was never begun leaves no empty
 * draft behind. A mail is thrown away once: a second request would find nothing.
 */
export function useLeaving(draft: DraftHandle, { draftId, busy, onChanged }: Facts) {
  const begun = useRef(false);
  const left = useRef(false);
  const gone = useRef<Promise<void> | null>(null);
  const remove = async () => {
    draft.forget();
    // A save under way must not arrive after the mail is gone.
    await draft.flush();
    draft.forget();
    await call(discardDraftRoute, { params: { draftId } }).catch(() => undefined);
  };
  const discard = (): Promise<void> => {
    gone.current ??= remove();
    return gone.current;
  };
  const leave = async () => {
    left.current = true;
    if (!begun.current || gone.current !== null) return;
    if (!busy && isUntouched(draft.wordsNow())) await discard();
    else await draft.flush();
    onChanged();
  };
  /** Told once the server's words are there; they may come after one has left. */
  const begin = () => {
    begun.current = true;
    if (left.current) void latest.current();
  };
  const latest = useRef(leave);
  latest.current = leave;
  useEffect(() => {
    left.current = false;
    return () => void latest.current();
  }, []);
  return { begin, discard };
}
