import type { KindCounts, SavedView, ViewId } from '@madoguchi/contract';
import type { Actor } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';
import { countList } from '../list/list-conversations.ts';
import { findViews, type ViewRow } from './store.ts';

/** One’s own by oneself, shared ones also by whoever shares with everyone. */
export const mayEdit = ({ memberId, permissions }: Actor, view: Pick<ViewRow, 'ownerId' | 'shared'>) =>
  view.ownerId === memberId || (view.shared && permissions.has('view.share'));

/** The saved lists that the actor sees, in his own order. */
export async function listViews(tx: Tx, actor: Actor): Promise<SavedView[]> {
  const views = await findViews(tx, actor);
  return views.map((view) => ({ ...view, mayEdit: mayEdit(actor, view) }));
}

/** How many conversations each of them shows him: counted with the very filter of its list, and not kept. */
export async function countViews(tx: Tx, actor: Actor): Promise<{ viewId: ViewId; counts: KindCounts }[]> {
  const counted: { viewId: ViewId; counts: KindCounts }[] = [];
  for (const { id, filter } of await findViews(tx, actor)) {
    counted.push({ viewId: id, counts: await countList(tx, actor, filter) });
  }
  return counted;
}
