import type { ConversationId, DraftId, SavedFilter } from '@madoguchi/contract';
import type { Writing } from '../conversation/writing.ts';
import type { Order, Tab } from './view.ts';

/** What the address of a list says besides its view. */
export interface ListPlace {
  tab?: Tab | undefined;
  order?: Order | undefined;
  /** Narrows the list further. */
  f?: SavedFilter | undefined;
  /** The open conversation. */
  c?: ConversationId | undefined;
  /** The new mail being written. */
  d?: DraftId | undefined;
  /** What is being written on the conversation. */
  w?: Writing | undefined;
}

export type GoTo = (change: ListPlace, options?: { replace?: boolean }) => void;
