import {
  askTakeOverRoute,
  type Conversation,
  type Hold,
  listDraftsHereRoute,
  withdrawTakeOverRoute,
} from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { clientId } from '../data/client-id.ts';
import { faultWords } from '../data/fault.ts';
import { useMe, useMemberById } from '../data/queries.ts';
import { familyName } from '../ui/family-name.ts';
import { toast } from '../ui/toasts.ts';
import { patchConversation, refetchConversation } from './patch.ts';

/** What became of a question: mine now, still open, refused, or nobody's any more. */
function outcomeOf(hold: Hold | null, me: string): 'mine' | 'open' | 'refused' | 'free' {
  if (hold === null) return 'free';
  if (hold.memberId === me) return 'mine';
  return hold.asked?.memberId === me ? 'open' : 'refused';
}

/**
 * 引き継ぐ: asks the holder, waits for what he says, and opens the answer once it is ours. Whoever goes away
 * meanwhile asks no longer.
 */
export function useTakeOver(conversation: Conversation, onTaken: (writing: 'reply' | 'forward') => void) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useMe().member.id;
  const memberById = useMemberById();
  const { id, hold } = conversation;
  const params = { conversationId: id };
  const asking = useRef(false);

  /** With the words that came along: where they are a forward, that. */
  const open = async () => {
    asking.current = false;
    const { items } = await call(listDraftsHereRoute, { params }).catch(() => ({ items: [] }));
    const kinds = items.filter(({ authorId }) => authorId === me).map(({ kind }) => kind);
    onTaken(kinds.includes('forward') && !kinds.includes('reply') ? 'forward' : 'reply');
  };
  const ask = async () => {
    try {
      const now = await call(askTakeOverRoute, { params, body: { clientId } });
      patchConversation(queries, id, { hold: now });
      asking.current = true;
      if (now.memberId === me) await open();
    } catch (error) {
      toast(faultWords(error, t), { tone: 'alarm' });
      await refetchConversation(queries, id);
    }
  };
  const withdraw = async (leaving = false) => {
    asking.current = false;
    await call(withdrawTakeOverRoute, { params }, { keepalive: leaving }).catch(() => undefined);
    await refetchConversation(queries, id);
  };

  const outcome = outcomeOf(hold, me);
  const holder = familyName(memberById(hold?.memberId ?? null)?.name ?? '');
  const settle = () => {
    if (!asking.current || outcome === 'open') return;
    asking.current = false;
    if (outcome === 'mine') return void open();
    toast(outcome === 'free' ? t('together.nowFree') : t('together.refused', { name: holder }));
  };
  const latest = useRef({ settle, withdraw });
  latest.current = { settle, withdraw };
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once for each change of what the hold says
  useEffect(() => latest.current.settle(), [outcome]);
  useEffect(() => {
    const leave = () => asking.current && void latest.current.withdraw(true);
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
  return { ask: () => void ask(), withdraw: () => void withdraw() };
}

export type TakingOver = ReturnType<typeof useTakeOver>;
