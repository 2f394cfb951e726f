import {
  deleteViewRoute,
  orderViewsRoute,
  type SavedFilter,
  type SavedView,
  saveViewRoute,
} from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/client.ts';
import { faultWords } from '../../data/fault.ts';
import { keys } from '../../data/keys.ts';
import { useViews } from '../../data/queries.ts';
import { toast } from '../../ui/toasts.ts';

/** What one does with a saved list besides looking at it. */
export function useViewActs() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const views = useViews() ?? [];
  const run = async (act: () => Promise<unknown>, told: string): Promise<boolean> => {
    try {
      await act();
      if (told !== '') toast(told);
      return true;
    } catch (fault) {
      toast(t('toast.failed', { reason: faultWords(fault, t) }), { tone: 'alarm' });
      return false;
    } finally {
      const stale = [keys.views(), keys.viewCounts()];
      await Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
    }
  };
  const at = (view: SavedView) => views.findIndex(({ id }) => id === view.id);
  return {
    mayMove: (view: SavedView, by: 1 | -1) => views[at(view) + by] !== undefined && at(view) + by >= 0,
    move: (view: SavedView, by: 1 | -1) => {
      const viewIds = views.map(({ id }) => id);
      viewIds.splice(at(view), 1);
      viewIds.splice(at(view) + by, 0, view.id);
      void run(() => call(orderViewsRoute, { body: { viewIds } }), '');
    },
    remove: ({ id: viewId }: SavedView) =>
      run(() => call(deleteViewRoute, { params: { viewId } }), t('view.removed')),
    keepFilter: ({ id: viewId, mayEdit: _, ownerId: __, ...facts }: SavedView, filter: SavedFilter) =>
      run(() => call(saveViewRoute, { params: { viewId }, body: { ...facts, filter } }), t('view.saved')),
  };
}
