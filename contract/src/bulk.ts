import { type Static, Type } from 'typebox';
import { filterFacts, Place } from './conversation.ts';
import { ConversationId, EventId, LabelId, MemberId, StatusId, TeamId } from './ids.ts';
import { Count, defineRoute, Moment, orNull } from './wire.ts';

/** Conversations that one act may name. */
export const BULK_LIMIT = 500;
/** Conversations that one act may change through a filter. */
export const BULK_FILTER_LIMIT = 2000;

const act = <Kind extends string>(kind: Kind) => Type.Unsafe<Kind>(Type.String({ enum: [kind] }));

/** What is done to each; the same as the act on a single one, with the same rights. */
export const BulkAct = Type.Union([
  Type.Object({ kind: act('status'), statusId: StatusId }),
  /** あとで: waiting, and back by itself at this moment. */
  Type.Object({ kind: act('later'), wakeAt: Moment }),
  Type.Object({ kind: act('assignee'), assigneeId: orNull(MemberId) }),
  Type.Object({ kind: act('team'), teamId: orNull(TeamId) }),
  Type.Object({ kind: act('label'), labelId: LabelId, on: Type.Boolean() }),
  Type.Object({ kind: act('place'), place: Place }),
  Type.Object({ kind: act('seen'), seen: Type.Boolean() }),
]);
export type BulkAct = Static<typeof BulkAct>;

/** Which conversations: by their ids, or all that a filter finds, with the count that stood on the screen. */
export const BulkChoice = Type.Union([
  Type.Object({ ids: Type.Array(ConversationId, { minItems: 1, maxItems: BULK_LIMIT, uniqueItems: true }) }),
  Type.Object({ filter: Type.Object(filterFacts), seenCount: Count }),
]);
export type BulkChoice = Static<typeof BulkChoice>;

export const BulkOutcome = Type.Object({
  /** By it the act is taken back. */
  id: EventId,
  changedIds: Type.Array(ConversationId),
  /** What was refused, with the code that the act on a single one has; the others are as they were wished. */
  refused: Type.Array(Type.Object({ conversationId: ConversationId, code: Type.String() })),
});
export type BulkOutcome = Static<typeof BulkOutcome>;

export const changeManyRoute = defineRoute({
  method: 'POST',
  path: '/conversations/bulk',
  summary: 'One act on many conversations',
  needs: 'conversation.see',
  body: Type.Object({ choice: BulkChoice, act: BulkAct }),
  answer: BulkOutcome,
});
export const undoManyRoute = defineRoute({
  method: 'POST',
  path: '/bulk/:bulkId/undo',
  summary: 'Take back one’s own act on many conversations, wherever nobody has changed them since',
  needs: 'conversation.see',
  params: Type.Object({ bulkId: EventId }),
  answer: BulkOutcome,
});
