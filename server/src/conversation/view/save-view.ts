import type { MemberId, SavedView, ViewFacts, ViewId } from '@madoguchi/contract';
import { type Actor, notAllowed } from '../../accounts/index.ts';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { viewNotFound, viewUnfit } from '../errors.ts';
import { readFilter } from '../list/filter.ts';
import { mayEdit } from './list-views.ts';
import { deleteRow, findViews, insertView, isTeam, lockView, replaceRanks, updateView } from './store.ts';

/**
 * Keeps a filter under a name. It gives nobody a right: each reader finds what he may see.
 * @throws viewUnfit, filterUnfit; notAllowed when it is to be shared by who may not
 */
export async function addView(tx: Tx, actor: Actor, given: ViewFacts): Promise<SavedView> {
  const ownerId = personOf(actor);
  const facts = cleanFacts(given);
  await requireFit(tx, actor, facts);
  const id = await insertView(tx, actor, ownerId, facts);
  await tell(tx, actor, { viewId: id, from: null, to: facts });
  return { id, ...facts, ownerId, mayEdit: true };
}

/**
 * Changes a saved list; whoever shares it changes it for all who see it.
 * @throws viewNotFound, viewUnfit, filterUnfit, notAllowed
 */
export async function saveView(
  tx: Tx,
  actor: Actor,
  { viewId, ...given }: ViewFacts & { viewId: ViewId },
): Promise<SavedView> {
  const facts = cleanFacts(given);
  const { id, ownerId, ...before } = await lockOwn(tx, actor, viewId);
  await requireFit(tx, actor, facts);
  await updateView(tx, actor, viewId, facts);
  await tell(tx, actor, { viewId, from: before, to: facts });
  return { id, ...facts, ownerId, mayEdit: true };
}

/** @throws viewNotFound, notAllowed */
export async function deleteView(tx: Tx, actor: Actor, { viewId }: { viewId: ViewId }): Promise<void> {
  const { id: _, ownerId: __, ...before } = await lockOwn(tx, actor, viewId);
  await deleteRow(tx, actor, viewId);
  await tell(tx, actor, { viewId, from: before, to: null });
}

/** The order in which one sees them; names of lists that are not his are passed over. */
export async function orderViews(
  tx: Tx,
  actor: Actor,
  { viewIds }: { viewIds: readonly ViewId[] },
): Promise<void> {
  const seen = new Set((await findViews(tx, actor)).map(({ id }) => id));
  await replaceRanks(
    tx,
    actor,
    personOf(actor),
    viewIds.filter((id) => seen.has(id)),
  );
  await appendEvent(tx, actor, { kind: 'view_saved', facts: { shared: false, order: [...viewIds] } });
}

async function lockOwn(tx: Tx, actor: Actor, viewId: ViewId) {
  const view = await lockView(tx, actor, viewId);
  if (view === null) throw viewNotFound({ viewId });
  if (!mayEdit(actor, view)) throw notAllowed({});
  return view;
}

async function requireFit(tx: Tx, actor: Actor, facts: ViewFacts): Promise<void> {
  if (facts.name === '') throw viewUnfit({ part: 'name' });
  if (!facts.shared && facts.teamId !== null) throw viewUnfit({ part: 'shared' });
  if (facts.shared && !mayShare(actor, facts)) throw notAllowed({});
  if (facts.teamId !== null && !(await isTeam(tx, actor, facts.teamId))) throw viewUnfit({ part: 'team' });
  readFilter(actor, facts.filter);
}

/** With one’s own team by oneself; with everyone by a right. */
const mayShare = ({ permissions, teamIds }: Actor, { teamId }: ViewFacts): boolean =>
  permissions.has('view.share') || (teamId !== null && teamIds.includes(teamId));

/** Whoever sees it learns it; of a list of one's own, nobody else does. */
async function tell(
  tx: Tx,
  actor: Actor,
  change: { viewId: ViewId; from: ViewFacts | null; to: ViewFacts | null },
): Promise<void> {
  const shared = change.from?.shared === true || change.to?.shared === true;
  await appendEvent(tx, actor, { kind: 'view_saved', facts: { ...change, shared } });
}

/** A list belongs to a person; the house needs none. */
function personOf({ memberId }: Actor): MemberId {
  if (memberId === null) throw new Error('the house keeps no lists');
  return memberId;
}

const cleanFacts = ({ name, ...facts }: ViewFacts): ViewFacts => ({
  ...facts,
  name: name.normalize('NFKC').replace(/\s+/gu, ' ').trim(),
});
