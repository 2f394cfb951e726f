import {
  type ConversationId,
  closeHoldRoute,
  type Hold,
  type MemberId,
  releaseHoldRoute,
  takeHoldRoute,
} from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call, codeOf, RefusedError } from '../data/client.ts';
import { clientId } from '../data/client-id.ts';
import { keys } from '../data/keys.ts';

const RENEW = 25_000;

export type HoldState =
  | { kind: 'asking' | 'mine' | 'unsure' }
  /** Someone else has it; `by` is null when the server did not say who. */
  | { kind: 'refused'; by: MemberId | null };

/**
 * The right to answer, asked for when the composer opens and renewed while it is open. Never taken for
 * granted: until the server has said yes, nothing can be sent.
 */
export function useHold(conversationId: ConversationId) {
  const queries = useQueryClient();
  const [state, setState] = useState<HoldState>({ kind: 'asking' });
  const held = useRef(false);
  /** The question on its way: who gives up meanwhile waits for its answer, or the hold would stay behind. */
  const asking = useRef<Promise<unknown>>(Promise.resolve());

  const ask = useCallback(
    async function again(renew: boolean): Promise<Hold | null> {
      try {
        const hold: Hold = await call(takeHoldRoute, {
          params: { conversationId },
          body: { clientId, here: !renew, ...(renew && { renew }) },
        });
        held.current = true;
        setState({ kind: 'mine' });
        return hold;
      } catch (error) {
        const hasRunOut = renew && held.current && codeOf(error) === 'compose.hold_needed';
        held.current = false;
        // Asleep beyond the lease, and still writing: whoever is first takes it.
        if (hasRunOut) return again(false);
        const facts = error instanceof RefusedError ? error.refusal.facts : {};
        const by = (facts.memberId ?? facts.heldBy ?? null) as MemberId | null;
        setState(codeOf(error) === 'compose.held_by_other' ? { kind: 'refused', by } : { kind: 'unsure' });
        return null;
      } finally {
        void queries.invalidateQueries({ queryKey: keys.conversation(conversationId) });
        void queries.invalidateQueries({ queryKey: keys.lists() });
      }
    },
    [conversationId, queries],
  );

  const close = useCallback(() => {
    if (!held.current) return;
    held.current = false;
    // The page may be going: the request outlives it, and the lease ends by itself if it is lost.
    void call(closeHoldRoute, { params: { conversationId }, body: { clientId } }, { keepalive: true })
      .then(() => queries.invalidateQueries({ queryKey: keys.conversation(conversationId) }))
      .catch(() => undefined);
  }, [conversationId, queries]);

  const release = useCallback(async () => {
    await asking.current;
    if (!held.current) return;
    held.current = false;
    await call(releaseHoldRoute, { params: { conversationId } }).catch(() => undefined);
    void queries.invalidateQueries({ queryKey: keys.conversation(conversationId) });
    void queries.invalidateQueries({ queryKey: keys.lists() });
  }, [conversationId, queries]);

  /** After sending, the hold is gone with the answer. */
  const forget = useCallback(() => {
    held.current = false;
  }, []);

  useEffect(() => {
    const begin = (renew: boolean) => {
      asking.current = ask(renew);
    };
    begin(false);
    const stop = every(RENEW, () => begin(true));
    addEventListener('pagehide', close);
    return () => {
      stop();
      removeEventListener('pagehide', close);
      void asking.current.then(close);
    };
  }, [ask, close]);

  return { state, release, forget, retry: () => void ask(false) };
}

/** Ticks from a worker, so that a hidden window keeps its hold; from the page where there are no workers. */
function every(milliseconds: number, act: () => void): () => void {
  let fallback: ReturnType<typeof setInterval> | undefined;
  const byPage = () => {
    fallback ??= setInterval(act, milliseconds);
  };
  if (typeof Worker === 'undefined') {
    byPage();
    return () => clearInterval(fallback);
  }
  const worker = new Worker(new URL('./tick-worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = act;
  worker.onerror = byPage;
  worker.postMessage(milliseconds);
  return () => {
    worker.terminate();
    clearInterval(fallback);
  };
}
