import {
  type Conversation,
  closeHoldRoute,
  type Hold,
  releaseHoldRoute,
  takeHoldRoute,
} from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call, RefusedError } from '../data/client.ts';
import { clientId } from '../data/client-id.ts';
import { keys } from '../data/keys.ts';
import { useMe } from '../data/queries.ts';
import { everyTick } from './every-tick.ts';
import { stillFor } from './hand.ts';
import { type AfterRefusal, afterRefusal, type HoldState } from './lost-hold.ts';

const RENEW = 25_000;
/** Who has not touched his window for so long does not answer: others may. */
const IDLE = 15 * 60_000;
/** While somebody asks to take over, typing is told sooner than at the next renewal. */
const TELL_TYPING = 3_000;

/**
 * The right to answer, asked for when the composer opens and renewed while it is open and somebody sits there.
 * Never taken for granted: until the server has said yes, nothing can be sent.
 */
export function useHold({ id: conversationId, hold: shown }: Pick<Conversation, 'id' | 'hold'>) {
  const queries = useQueryClient();
  const me = useMe().member.id;
  const [state, setState] = useState<HoldState>({ kind: 'asking' });
  const held = useRef(false);
  const typedAt = useRef<number | null>(null);
  const saidAt = useRef(0);
  /** The question on its way: who gives up meanwhile waits for its answer, or the hold would stay behind. */
  const asking = useRef<Promise<unknown>>(Promise.resolve());

  const ask = useCallback(
    async function again(renew: boolean): Promise<Hold | null> {
      saidAt.current = performance.now();
      const typedAgo = secondsSince(typedAt.current);
      try {
        const body = { clientId, here: !renew, ...(renew && { renew }), ...typedAgo };
        const hold: Hold = await call(takeHoldRoute, { params: { conversationId }, body });
        if (!held.current) refresh();
        held.current = true;
        setState({ kind: 'mine' });
        return hold;
      } catch (error) {
        refresh();
        const after: AfterRefusal = afterRefusal(error, { renew, held: held.current, me });
        // Out of reach it may still be mine: it is given back when the window closes.
        if (error instanceof RefusedError) held.current = false;
        if (after === 'again') return again(false);
        // A second renewal that was on its way knows less than the first, which said why it was lost.
        setState((before) => (renew && before.kind === 'lost' ? before : after));
        return null;
      }
      function refresh() {
        void queries.invalidateQueries({ queryKey: keys.conversation(conversationId) });
        void queries.invalidateQueries({ queryKey: keys.lists() });
      }
    },
    [conversationId, queries, me],
  );
  const begin = useCallback(
    (renew: boolean) => {
      asking.current = ask(renew);
    },
    [ask],
  );

  const close = useCallback(
    (idle = false) => {
      if (!held.current) return;
      held.current = false;
      // The page may be going: the request outlives it, and the lease ends by itself if it is lost.
      const body = { clientId, ...(idle && { idle }) };
      void call(closeHoldRoute, { params: { conversationId }, body }, { keepalive: true })
        .then(() => queries.invalidateQueries({ queryKey: keys.conversation(conversationId) }))
        .catch(() => undefined);
    },
    [conversationId, queries],
  );

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

  const renew = useCallback(() => {
    if (!held.current) return;
    if (stillFor() < IDLE) return begin(true);
    close(true);
    setState({ kind: 'lost', lost: { reason: 'idle', by: null, words: null } });
  }, [begin, close]);

  useEffect(() => {
    begin(false);
    const stop = everyTick(RENEW, renew);
    const onPageHide = () => close();
    addEventListener('pagehide', onPageHide);
    return () => {
      stop();
      removeEventListener('pagehide', onPageHide);
      void asking.current.then(() => close());
    };
  }, [begin, renew, close]);

  // Somebody else has it, or nobody, says the page: the server says since when and why.
  const holderId = shown?.memberId ?? null;
  useEffect(() => {
    if (held.current && holderId !== me) begin(true);
  }, [holderId, me, begin]);

  const isAsked = shown !== null && shown.memberId === me && shown.asked !== null;
  const typed = useCallback(() => {
    typedAt.current = performance.now();
    if (isAsked && held.current && performance.now() - saidAt.current > TELL_TYPING) begin(true);
  }, [isAsked, begin]);

  return { state, release, forget, typed, check: () => begin(true), retry: () => begin(false) };
}

const secondsSince = (moment: number | null): { typedAgo?: number } =>
  moment === null ? {} : { typedAgo: Math.min(86_400, Math.round((performance.now() - moment) / 1000)) };
