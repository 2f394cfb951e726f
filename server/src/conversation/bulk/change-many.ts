import {
  BULK_FILTER_LIMIT,
  type BulkAct,
  type BulkChoice,
  type BulkOutcome,
  type ConversationId,
} from '@madoguchi/contract';
import type { Actor } from '../../accounts/index.ts';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { assignTeam } from '../assign/assign-team.ts';
import { assignConversation } from '../assign-conversation.ts';
import type { Conversation } from '../conversation.ts';
import { bulkCountChanged, bulkTooMany, conversationNotFound } from '../errors.ts';
import { setLabel } from '../label/set-label.ts';
import { readFilter } from '../list/filter.ts';
import { selectIds } from '../list/store.ts';
import { setSeen } from '../seen/set-seen.ts';
import { setPlace } from '../set-place.ts';
import { setStatus } from '../set-status.ts';
import { findLaterReason, firstStatusOf } from '../status/store.ts';
import { lockConversation } from '../store.ts';
import { refusalsIn, requireAny } from './refusals-in.ts';
import { listChangedBy } from './store.ts';

interface Many {
  choice: BulkChoice;
  act: BulkAct;
}

/**
 * The same act on many conversations, each by the operation for a single one and with its rights there. What
 * is refused does not keep the others back. One event stands for the act, and everything it changes names it
 * as its cause: by it the act is taken back.
 *
 * @throws bulkCountChanged, bulkTooMany; conversationNotFound when none of them is there for the actor
 */
export async function changeMany(tx: Tx, actor: Actor, { choice, act }: Many): Promise<BulkOutcome> {
  const ids = await idsOf(tx, actor, choice);
  const id = await appendEvent(tx, actor, {
    kind: 'bulk_changed',
    facts: { act, count: ids.length },
    silent: true,
  });
  const part: Actor = { ...actor, causeId: id };
  const refused = await refusalsIn(ids, (each) => changeOne(tx, part, each, act));
  requireAny(ids, refused);
  return { id, changedIds: await listChangedBy(tx, actor, id), refused };
}

/** In the order of their ids, so that two such acts at once wait for each other at the first row they share. */
async function idsOf(tx: Tx, actor: Actor, choice: BulkChoice): Promise<ConversationId[]> {
  if ('ids' in choice) return [...choice.ids].sort();
  const wanted = readFilter(actor, choice.filter);
  const ids = await selectIds(tx, actor, wanted, BULK_FILTER_LIMIT + 1);
  if (ids.length > BULK_FILTER_LIMIT) throw bulkTooMany({ most: BULK_FILTER_LIMIT });
  if (ids.length !== choice.seenCount) throw bulkCountChanged({ nowCount: ids.length });
  return ids;
}

async function changeOne(
  tx: Tx,
  actor: Actor,
  conversationId: ConversationId,
  act: BulkAct,
): Promise<unknown> {
  const before = await lockConversation(tx, actor, conversationId);
  if (before === null) throw conversationNotFound({ conversationId });
  switch (act.kind) {
    case 'status': {
      const { statusId } = act;
      return setStatus(tx, actor, { conversationId, statusId, seenStatusId: before.statusId });
    }
    case 'later':
      return putOff(tx, actor, before, act.wakeAt);
    case 'team':
      return assignTeam(tx, actor, { conversationId, teamId: act.teamId, seenTeamId: before.teamId });
    case 'assignee': {
      const { assigneeId } = act;
      return assignConversation(tx, actor, { conversationId, assigneeId, seenAssigneeId: before.assigneeId });
    }
    case 'label':
      return setLabel(tx, actor, { conversationId, labelId: act.labelId, on: act.on });
    case 'place':
      return setPlace(tx, actor, { conversationId, place: act.place, seenPlace: before.place });
    case 'seen':
      return setSeen(tx, actor, {
        conversationId,
        revision: act.seen ? before.revision : Math.max(0, before.revision - 1),
      });
  }
}

async function putOff(tx: Tx, actor: Actor, { id, workspaceId, statusId }: Conversation, wakeAt: string) {
  const waiting = await firstStatusOf(tx, workspaceId, 'waiting');
  const reasonId = await findLaterReason(tx, workspaceId);
  const standing = { statusId: waiting.id, reasonId, wakeAt };
  return setStatus(tx, actor, { conversationId: id, seenStatusId: statusId, ...standing });
}
