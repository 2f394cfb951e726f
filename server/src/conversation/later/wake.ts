import type { ConversationId, WorkspaceId } from '@madoguchi/contract';
import { houseActor } from '../../accounts/index.ts';
import { appendEvent, type Db, databaseNow, defineSweep, type Tx } from '../../platform/index.ts';
import { freeOfAbsent } from '../assign-conversation.ts';
import { type Conversation, isOurTurn, type Status } from '../conversation.ts';
import { waitingSinceUnder } from '../set-status.ts';
import { NOT_WAITING } from '../status/standing.ts';
import { findStatus, firstStatusOf } from '../status/store.ts';
import { lockConversation, saveChange } from '../store.ts';
import { listDue } from '../sweep/store.ts';

const EVERY = 10_000;
const AT_ONCE = 200;

interface Due {
  workspaceId: WorkspaceId;
  conversationId: ConversationId;
}

/**
 * Brings a conversation back whose date has come: to the status that it had while it was our turn, else to
 * 未対応. Under its lock it is asked again: the customer may have written first.
 */
export async function wakeConversation(
  tx: Tx,
  { workspaceId, conversationId }: Due,
): Promise<Conversation | null> {
  const house = houseActor(workspaceId);
  const before = await lockConversation(tx, house, conversationId);
  const now = await databaseNow(tx);
  if (before === null || before.waiting.wakeAt === null || before.waiting.wakeAt > now) return null;
  const status = await statusToWakeTo(tx, before);
  const after = await saveChange(tx, before, {
    statusId: status.id,
    status: status.kind,
    waitingSince: await waitingSinceUnder(tx, before, status),
    waiting: NOT_WAITING,
    wokenAt: now,
  });
  await appendEvent(tx, house, {
    kind: 'woken',
    conversationId,
    mailboxId: before.mailboxId,
    revision: before.revision,
    facts: {
      from: before.statusId,
      to: status.id,
      fromKind: before.status,
      toKind: status.kind,
      reasonId: before.waiting.reasonId,
      wakeAt: before.waiting.wakeAt.toISOString(),
    },
  });
  return freeOfAbsent(tx, house, after);
}

/** One that was switched off meanwhile gives way to the first of its kind. */
async function statusToWakeTo(tx: Tx, { workspaceId, waiting }: Conversation): Promise<Status> {
  const { wakeStatusId } = waiting;
  const found = wakeStatusId === null ? null : await findStatus(tx, workspaceId, wakeStatusId);
  const kind = found !== null && isOurTurn(found.kind) ? found.kind : 'open';
  return found === null || found.off || found.kind !== kind ? firstStatusOf(tx, workspaceId, kind) : found;
}

/** Each in a transaction of its own: one that cannot come back holds up no other. */
export const wakeConversations = defineSweep<{ db: Db }>({
  name: 'conversation.wake',
  everyMs: EVERY,
  async run({ db }) {
    for (const due of await db.transaction((tx) => listDue(tx, AT_ONCE))) {
      await db.transaction((tx) => wakeConversation(tx, due));
    }
  },
});
