import type { ConversationId, DraftId } from '@madoguchi/contract';

/** Where somebody wrote when he sent, so that an undone letter opens there again; of this window only. */
const carets = new Map<string, number>();

type Place = ConversationId | DraftId;

/** Remembers where the caret stands in the field that is written in, if it stands in one. */
export function keepCaret(place: Place): void {
  const field = document.querySelector<HTMLTextAreaElement>('textarea[data-body]');
  if (field !== null) carets.set(place, field.selectionStart);
}

/** Puts the caret back once the words are there. */
export function restoreCaret(place: Place): void {
  const at = carets.get(place);
  if (at === undefined) return;
  carets.delete(place);
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLTextAreaElement>('textarea[data-body]');
    field?.focus({ preventScroll: true });
    field?.setSelectionRange(at, at);
  });
}
