import { type ConversationId, type Draft, listDraftsHereRoute, proposeDraftRoute } from '@madoguchi/contract';
import { useEffect, useRef, useState } from 'react';
import { restoreCaret } from '../data/caret.ts';
import { call } from '../data/client.ts';
import { useMe } from '../data/queries.ts';
import type { DraftHandle } from './use-draft.ts';

interface Facts {
  conversationId: ConversationId;
  writing: 'reply' | 'reply_all' | 'forward';
  /** Another's left words to begin with; his own draft stays his. */
  from: Draft | undefined;
  /** Told which answer one's kept words had seen. */
  onSeen: (revision: number) => void;
}

/** Fetches one's own draft of this kind, or what the server proposes to begin with. */
export function useBeginning(draft: DraftHandle, { conversationId, writing, from, onSeen }: Facts) {
  const [failed, setFailed] = useState<unknown>(null);
  const me = useMe();
  const params = { conversationId };
  const kind = writing === 'forward' ? 'forward' : 'reply';
  const own = async () =>
    (await call(listDraftsHereRoute, { params })).items.find(
      (each) => each.authorId === me.member.id && each.kind === kind && !each.setAside,
    );
  const begin = async () => {
    try {
      setFailed(null);
      const [mine, proposal] = await Promise.all([
        own(),
        call(proposeDraftRoute, { params, query: { kind: writing, ...(from && { draftId: from.id }) } }),
      ]);
      if (mine !== undefined && from === undefined) {
        onSeen(mine.seenRevision);
        const all = writing === 'reply_all' ? { to: proposal.to, cc: proposal.cc } : {};
        draft.begin(mine);
        if (writing === 'reply_all') draft.change(all);
        restoreCaret(conversationId);
        return;
      }
      draft.begin(proposal);
      if (mine !== undefined) draft.settle({ ...mine, ...proposal }, 'mine');
      if (from !== undefined)
        draft.change({ text: from.text, subject: from.subject, to: from.to, cc: from.cc });
    } catch (error) {
      setFailed(error);
    }
  };
  const latest = useRef(begin);
  latest.current = begin;
  useEffect(() => void latest.current(), []);
  return { failed, again: () => void begin(), own };
}
