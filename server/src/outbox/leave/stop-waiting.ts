import type { ConversationId, WorkspaceId } from '@madoguchi/contract';
import { lockAnswer } from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { lockOutgoing } from '../store.ts';
import { stopForNews } from './leave-or-stop.ts';
import { listWaitingBeside } from './store.ts';

/** Something was said in a conversation: letters that wait there stop now, so that their authors see it at once. */
export async function stopWaiting(
  tx: Tx,
  { workspaceId, conversationId }: { workspaceId: WorkspaceId; conversationId: ConversationId },
): Promise<void> {
  for (const { answerId, outgoingId } of await listWaitingBeside(tx, { workspaceId, conversationId })) {
    await lockAnswer(tx, workspaceId, answerId);
    const outgoing = await lockOutgoing(tx, { workspaceId, outgoingId });
    const waits = outgoing?.scheduled === true && outgoing.state === 'queued';
    if (waits) await stopForNews(tx, outgoing, answerId);
  }
}
