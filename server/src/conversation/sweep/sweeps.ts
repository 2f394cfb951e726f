import { foldCounts } from '../counts/fold-counts.ts';
import { wakeConversations } from '../later/wake.ts';

/** What happens by the clock, in one process at a time. */
export const conversationSweeps = [foldCounts, wakeConversations];
