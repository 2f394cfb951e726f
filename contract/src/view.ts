import { type Static, Type } from 'typebox';
import { filterFacts, KindCounts } from './conversation.ts';
import { MemberId, TeamId, ViewId } from './ids.ts';
import { defineRoute, listOf, orNull, words } from './wire.ts';

const {
  ids: _,
  customerId: __,
  sort: ___,
  mailboxId: ____,
  place: _____,
  // A moment that is right today finds everything tomorrow.
  wakeBefore: ______,
  ...savedFacts
} = filterFacts;

/** What of a filter a saved list keeps. */
export const SavedFilter = Type.Object(savedFacts);
export type SavedFilter = Static<typeof SavedFilter>;

export const viewSorts = ['waiting', 'newest'] as const;
/** What a row shows beside the customer, the time and the subject. */
export const viewColumns = ['mailbox', 'labels', 'text', 'assignee'] as const;
export type ViewColumn = (typeof viewColumns)[number];

export const ViewFacts = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 60 }),
  filter: SavedFilter,
  sort: words(viewSorts),
  columns: Type.Array(words(viewColumns), { maxItems: viewColumns.length, uniqueItems: true }),
  /** Everyone's or a team's; else its owner's alone. */
  shared: Type.Boolean(),
  /** The team whose it is, where it is not everyone's. */
  teamId: orNull(TeamId),
});
export type ViewFacts = Static<typeof ViewFacts>;

/** A named list: its filter finds for each reader what he may see. */
export const SavedView = Type.Object({
  id: ViewId,
  ...ViewFacts.properties,
  ownerId: MemberId,
  /** Whether the asker may change and delete it. */
  mayEdit: Type.Boolean(),
});
export type SavedView = Static<typeof SavedView>;

const ViewParams = Type.Object({ viewId: ViewId });

export const listViewsRoute = defineRoute({
  method: 'GET',
  path: '/views',
  summary: 'Saved lists that the asker sees, in his own order',
  needs: 'conversation.see',
  answer: listOf(SavedView),
});
export const countViewsRoute = defineRoute({
  method: 'GET',
  path: '/views/counts',
  summary: 'How many conversations each saved list shows the asker, counted now',
  needs: 'conversation.see',
  answer: listOf(Type.Object({ viewId: ViewId, counts: KindCounts })),
});
export const addViewRoute = defineRoute({
  method: 'POST',
  path: '/views',
  summary: 'Save a list; for everyone it needs view.share',
  needs: 'conversation.see',
  body: ViewFacts,
  answer: SavedView,
});
export const saveViewRoute = defineRoute({
  method: 'PUT',
  path: '/views/:viewId',
  summary: 'Change a saved list',
  needs: 'conversation.see',
  params: ViewParams,
  body: ViewFacts,
  answer: SavedView,
});
export const deleteViewRoute = defineRoute({
  method: 'DELETE',
  path: '/views/:viewId',
  summary: 'Delete a saved list; its conversations stay',
  needs: 'conversation.see',
  params: ViewParams,
});
export const orderViewsRoute = defineRoute({
  method: 'PUT',
  path: '/views',
  summary: 'The order of the saved lists for the asker himself',
  needs: 'conversation.see',
  body: Type.Object({ viewIds: Type.Array(ViewId, { maxItems: 500, uniqueItems: true }) }),
});
