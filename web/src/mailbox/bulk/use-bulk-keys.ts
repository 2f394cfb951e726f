import { useMe, useStatuses } from '../../data/queries.ts';
import { useKeys } from '../../ui/use-keys.ts';
import { useItemActs } from '../use-item-acts.ts';
import type { Bulk } from './use-bulk.ts';
import type { Chosen } from './use-selection.ts';

export type BulkMenu = 'assignee' | 'label' | 'later' | 'more' | null;

interface Facts {
  chosen: Chosen;
  bulk: Bulk;
  onMenu: (menu: BulkMenu) => void;
}

/** While rows are chosen, the keys of the daily acts are for all of them. */
export function useBulkKeys({ chosen, bulk, onMenu }: Facts): void {
  const me = useMe();
  const acts = useItemActs();
  const done = useStatuses().find(({ kind, off }) => kind === 'done' && !off);
  const when = (may: (item: (typeof chosen.items)[number]) => boolean, act: () => void) => () => {
    if (chosen.items.some(may)) act();
  };
  useKeys(
    {
      e: when(acts.maySetStatus, () => {
        if (done !== undefined) bulk.act({ kind: 'status', statusId: done.id });
      }),
      m: when(acts.mayTake, () => bulk.act({ kind: 'assignee', assigneeId: me.member.id })),
      a: when(acts.mayTake, () => onMenu('assignee')),
      h: when(acts.mayPutOff, () => onMenu('later')),
      l: when(acts.mayLabel, () => onMenu('label')),
      s: when(acts.maySetStatus, () => onMenu('more')),
      '#': when(acts.mayTrash, () => bulk.act({ kind: 'place', place: 'trash' })),
      '!': when(acts.mayMarkSpam, () => bulk.act({ kind: 'place', place: 'spam' })),
      // What one looks at as somebody else has not been seen by him.
      'shift+u': () => me.preview === null && bulk.act({ kind: 'seen', seen: false }),
      escape: chosen.end,
    },
    chosen.active,
  );
}
