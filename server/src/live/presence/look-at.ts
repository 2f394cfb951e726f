import type { ConversationId } from '@madoguchi/contract';
import type { MemberActor } from '../../accounts/index.ts';
import { conversationNotFound, visibleAmong } from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { beat, lockLook, notifyLooks, takeLook, writeLook } from './store.ts';

interface Look {
  clientId: string;
  /** Null: the window shows no conversation. */
  conversationId: ConversationId | null;
  writing: boolean;
}

/**
 * A window says what it looks at, again every ten seconds. Others are told when that changes, and not at each
 * beat. It is no event and locks nothing.
 *
 * @throws conversationNotFound
 */
export async function lookAt(tx: Tx, actor: MemberActor, look: Look): Promise<void> {
  const { clientId, conversationId, writing } = look;
  if (conversationId === null) return lookAway(tx, actor, clientId);
  if (!(await visibleAmong(tx, actor, [conversationId])).has(conversationId))
    throw conversationNotFound({ conversationId });
  const now = { clientId, conversationId, writing };
  if (await beat(tx, actor, now)) return;
  const before = await lockLook(tx, actor, clientId);
  await writeLook(tx, actor, now);
  const changed = new Set([conversationId, ...(before === null ? [] : [before])]);
  await notifyLooks(tx, actor.workspaceId, [...changed]);
}

/** The window shows nothing any more, or is gone. */
export async function lookAway(tx: Tx, actor: MemberActor, clientId: string): Promise<void> {
  const before = await takeLook(tx, actor, clientId);
  if (before !== null) await notifyLooks(tx, actor.workspaceId, [before]);
}
