import type {
  BulkOutcome,
  ConversationId,
  EventId,
  LabelId,
  MemberId,
  Place,
  Standing,
  StatusId,
  TeamId,
  WaitingReasonId,
} from '@madoguchi/contract';
import type { Actor } from '../../accounts/index.ts';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { assignTeam } from '../assign/assign-team.ts';
import { assignConversation } from '../assign-conversation.ts';
import { bulkNotFound } from '../errors.ts';
import { setLabel } from '../label/set-label.ts';
import { setSeen } from '../seen/set-seen.ts';
import { setPlace } from '../set-place.ts';
import { setStatus } from '../set-status.ts';
import { refusalsIn, requireAny } from './refusals-in.ts';
import { type Effect, isBulkOf, listChangedBy, listEffects } from './store.ts';

/** Somebody has changed the same since: his change stays. */
const CHANGED_SINCE = 'conversation.changed_since';

/**
 * Takes back one's own act on many conversations: each gets the value that it had before, unless somebody has
 * changed it since. It is an act of the same kind, so it can be taken back too; a second time changes nothing.
 *
 * @throws bulkNotFound; conversationNotFound when none of them is there for the actor any more
 */
export async function undoMany(tx: Tx, actor: Actor, { bulkId }: { bulkId: EventId }): Promise<BulkOutcome> {
  if (!(await isBulkOf(tx, actor, bulkId))) throw bulkNotFound({ bulkId });
  const effects = await listEffects(tx, actor, bulkId);
  const standing = new Map(effects.filter(({ stands }) => stands).map((one) => [one.conversationId, one]));
  const id = await appendEvent(tx, actor, {
    kind: 'bulk_changed',
    facts: { act: { kind: 'undo' }, count: standing.size },
    silent: true,
    causeId: bulkId,
  });
  const part: Actor = { ...actor, causeId: id };
  const refused = await refusalsIn([...standing.keys()], async (each) => {
    const effect = standing.get(each);
    if (effect !== undefined) await takeBack(tx, part, effect);
  });
  requireAny([...standing.keys()], refused);
  const kept = new Set(
    effects.map(({ conversationId }) => conversationId).filter((one) => !standing.has(one)),
  );
  const told = [...kept].map((conversationId) => ({ conversationId, code: CHANGED_SINCE }));
  return { id, changedIds: await listChangedBy(tx, actor, id), refused: [...refused, ...told] };
}

/** The facts are those that the operation itself wrote: ids of its own kinds. */
function takeBack(tx: Tx, actor: Actor, { conversationId, kind, facts }: Effect): Promise<unknown> {
  const { from, to } = facts;
  switch (kind) {
    case 'status_changed': {
      const [statusId, seenStatusId] = [from as StatusId, to as StatusId];
      return setStatus(tx, actor, { conversationId, statusId, seenStatusId, ...waitedBefore(facts) });
    }
    case 'assigned': {
      const [assigneeId, seenAssigneeId] = [from as MemberId | null, to as MemberId | null];
      return assignConversation(tx, actor, { conversationId, assigneeId, seenAssigneeId });
    }
    case 'team_assigned': {
      const [teamId, seenTeamId] = [from as TeamId | null, to as TeamId | null];
      return assignTeam(tx, actor, { conversationId, teamId, seenTeamId });
    }
    case 'place_changed':
      return setPlace(tx, actor, { conversationId, place: from as Place, seenPlace: to as Place });
    case 'label_added':
      return relabel(tx, actor, conversationId, { labelId: facts.labelId, on: false });
    case 'label_removed':
      return relabel(tx, actor, conversationId, { labelId: facts.labelId, on: true });
    case 'seen_changed':
      return setSeen(tx, actor, { conversationId, revision: Number(from) });
    default:
      throw new Error(`an act on many conversations cannot have written ${kind}`);
  }
}

/** What it waited for goes with its status, where the act changed that too. */
const waitedBefore = ({
  fromReasonId,
  fromWakeAt,
}: Effect['facts']): Pick<Standing, 'reasonId' | 'wakeAt'> =>
  fromReasonId === undefined
    ? {}
    : { reasonId: fromReasonId as WaitingReasonId | null, wakeAt: fromWakeAt as string | null }; // See takeBack.

const relabel = (
  tx: Tx,
  actor: Actor,
  conversationId: ConversationId,
  { labelId, on }: { labelId: unknown; on: boolean },
) => setLabel(tx, actor, { conversationId, labelId: labelId as LabelId, on }); // See takeBack.
