import type { ConversationId } from '@madoguchi/contract';

/** Which rows of a list are chosen, in the order in which they were. */
export interface Selection {
  ids: readonly ConversationId[];
  /** Where the next range begins. */
  anchor: ConversationId | null;
  /** Everything the list's filter finds, also what has not been fetched. */
  whole: boolean;
}

export const NOTHING: Selection = { ids: [], anchor: null, whole: false };

/** One row more, or one less. */
export function toggle({ ids }: Selection, id: ConversationId): Selection {
  const next = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
  return { ids: next, anchor: id, whole: false };
}

/** Every row between the last one that was chosen and this one; without one before, this one alone. */
export function extendTo(
  { ids, anchor }: Selection,
  rows: readonly ConversationId[],
  id: ConversationId,
): Selection {
  const [from, to] = [anchor === null ? -1 : rows.indexOf(anchor), rows.indexOf(id)];
  const between = from < 0 ? [id] : rows.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: [...new Set([...ids, ...between])], anchor: anchor ?? id, whole: false };
}

/** What still stands in the list: what has left it is not changed unseen. */
export function among(selection: Selection, rows: readonly ConversationId[]): Selection {
  const ids = selection.ids.filter((id) => rows.includes(id));
  return ids.length === selection.ids.length ? selection : { ...selection, ids, whole: false };
}
