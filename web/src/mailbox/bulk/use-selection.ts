import { BULK_LIMIT, type ConversationId, type ConversationItem } from '@madoguchi/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../../ui/toasts.ts';
import { among, extendTo, NOTHING, type Selection, toggle } from './selection.ts';

/**
 * What is chosen in a list. Another list begins with nothing chosen.
 * @param scope names the list with its tab and its filter
 */
export function useSelection(scope: string, rows: readonly ConversationItem[]) {
  const { t } = useTranslation();
  const [kept, setKept] = useState<{ scope: string; selection: Selection }>({ scope, selection: NOTHING });
  const order = rows.map(({ id }) => id);
  const selection = kept.scope === scope ? among(kept.selection, order) : NOTHING;
  const set = (next: Selection) => {
    if (next.ids.length > BULK_LIMIT && !next.whole) toast(t('bulk.tooMany', { count: BULK_LIMIT }));
    else setKept({ scope, selection: next });
  };
  return {
    ...selection,
    active: selection.ids.length > 0,
    items: rows.filter(({ id }) => selection.ids.includes(id)),
    has: (id: ConversationId) => selection.ids.includes(id),
    toggle: (id: ConversationId) => set(toggle(selection, id)),
    extendTo: (id: ConversationId) => set(extendTo(selection, order, id)),
    /** From the row one stands on to the next; with something chosen before, from there. */
    extendFrom: (here: ConversationId, next: ConversationId) =>
      set(extendTo(selection.anchor === null ? toggle(selection, here) : selection, order, next)),
    chooseRows: () => set({ ids: order.slice(0, BULK_LIMIT), anchor: null, whole: false }),
    chooseWhole: () => set({ ids: order, anchor: null, whole: true }),
    end: () => setKept({ scope, selection: NOTHING }),
  };
}

export type Chosen = ReturnType<typeof useSelection>;
