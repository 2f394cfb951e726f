import {
  type BulkAct,
  type BulkOutcome,
  type ConversationFilter,
  changeManyRoute,
  undoManyRoute,
} from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, RefusedError } from '../../data/client.ts';
import { faultWords } from '../../data/fault.ts';
import { keys } from '../../data/keys.ts';
import { toast } from '../../ui/toasts.ts';
import type { Chosen } from './use-selection.ts';

/** So many at once are asked about first. */
const ASK_ABOVE = 100;
const STAYING: readonly BulkAct['kind'][] = ['label', 'assignee', 'team'];

interface Facts {
  chosen: Chosen;
  /** What the list asks for, and how many it finds: goes for a whole list that is chosen. */
  filter: ConversationFilter;
  total: number;
  /** Called when what was chosen has been seen to. */
  onDone: () => void;
}

/** One act on all that is chosen: asked about when it is much, done in one request, taken back by one key. */
export function useBulk({ chosen, filter, total, onDone }: Facts) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<BulkAct | null>(null);
  const [busy, setBusy] = useState(false);
  const count = chosen.whole ? total : chosen.ids.length;

  const refetch = () => {
    const stale = [keys.lists(), keys.counts(), keys.conversations(), ['events']];
    return Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
  const sayRefused = ({ refused }: BulkOutcome) => {
    const [first] = refused;
    if (first === undefined) return;
    const refusal = { code: first.code, message: '', facts: {}, requestId: '' };
    const reason = faultWords(new RefusedError(409, refusal), t);
    toast(t('bulk.refused', { count: refused.length, reason }), { tone: 'alarm' });
  };
  const fail = (fault: unknown) =>
    toast(t('toast.failed', { reason: faultWords(fault, t) }), { tone: 'alarm' });

  const undo = async (bulkId: BulkOutcome['id']) => {
    try {
      const { changedIds, refused } = await call(undoManyRoute, { params: { bulkId } });
      toast(t('bulk.undone', { count: changedIds.length }));
      if (refused.length > 0) toast(t('bulk.kept', { count: refused.length }));
    } catch (fault) {
      fail(fault);
    }
    await refetch();
  };

  const run = async (act: BulkAct) => {
    setBusy(true);
    const choice = chosen.whole ? { filter, seenCount: total } : { ids: [...chosen.ids] };
    try {
      const outcome = await call(changeManyRoute, { body: { choice, act } });
      const { id, changedIds } = outcome;
      if (changedIds.length === 0) toast(t('bulk.nothing'));
      else toast(t('bulk.changed', { count: changedIds.length }), { undo: () => void undo(id) });
      sayRefused(outcome);
      // A further label or other people for the same ones are likely; what has left the list is let go.
      if (!STAYING.includes(act.kind)) onDone();
    } catch (fault) {
      fail(fault);
    }
    await refetch();
    setBusy(false);
  };

  return {
    count,
    busy,
    asking,
    act: (act: BulkAct) => {
      if (busy) return;
      if (count > ASK_ABOVE) setAsking(act);
      else void run(act);
    },
    yes: () => {
      setAsking(null);
      if (asking !== null) void run(asking);
    },
    no: () => setAsking(null),
  };
}

export type Bulk = ReturnType<typeof useBulk>;
