import type { Label, LabelFacts, LabelId } from '@madoguchi/contract';
import { type Actor, requirePermission } from '../../accounts/index.ts';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { labelNameTaken, labelNotFound } from '../errors.ts';
import {
  countUses,
  insertLabel,
  isLabelName,
  lockLabel,
  lockLabelNames,
  markDeleted,
  updateLabel,
} from './store.ts';

/**
 * Adds a label.
 * @throws labelNameTaken
 */
export async function addLabel(tx: Tx, actor: Actor, given: LabelFacts): Promise<Label> {
  requirePermission(actor, 'label.manage');
  const facts = cleanFacts(given);
  await requireFreeName(tx, actor, { name: facts.name, labelId: null });
  const labelId = await insertLabel(tx, actor.workspaceId, facts);
  await appendEvent(tx, actor, { kind: 'label_saved', facts: { labelId, from: null, to: facts } });
  return { id: labelId, ...facts };
}

/**
 * Another name or colour; it is the same label wherever it stands.
 * @throws labelNotFound, labelNameTaken
 */
export async function saveLabel(
  tx: Tx,
  actor: Actor,
  { labelId, ...given }: LabelFacts & { labelId: LabelId },
): Promise<Label> {
  requirePermission(actor, 'label.manage');
  const facts = cleanFacts(given);
  await requireFreeName(tx, actor, { name: facts.name, labelId });
  const before = await lockLabelOf(tx, actor, labelId);
  if (before.name === facts.name && before.tint === facts.tint) return before;
  const after = { id: labelId, ...facts };
  await updateLabel(tx, actor.workspaceId, after);
  const from = { name: before.name, tint: before.tint };
  await appendEvent(tx, actor, { kind: 'label_saved', facts: { labelId, from, to: facts } });
  return after;
}

/**
 * Deletes a label and takes it off every conversation.
 * @throws labelNotFound
 */
export async function deleteLabel(tx: Tx, actor: Actor, { labelId }: { labelId: LabelId }): Promise<void> {
  requirePermission(actor, 'label.manage');
  await lockLabelNames(tx, actor.workspaceId);
  const { name, tint } = await lockLabelOf(tx, actor, labelId);
  const uses = await countUses(tx, actor.workspaceId, labelId);
  await markDeleted(tx, actor.workspaceId, labelId);
  await appendEvent(tx, actor, {
    kind: 'label_saved',
    facts: { labelId, from: { name, tint }, to: null, uses },
  });
}

/**
 * On how many conversations a label stands: what is asked before it is deleted.
 * @throws labelNotFound
 */
export async function usesOfLabel(
  tx: Tx,
  actor: Actor,
  { labelId }: { labelId: LabelId },
): Promise<{ count: number }> {
  requirePermission(actor, 'label.manage');
  await lockLabelOf(tx, actor, labelId);
  return { count: await countUses(tx, actor.workspaceId, labelId) };
}

async function lockLabelOf(tx: Tx, { workspaceId }: Actor, labelId: LabelId): Promise<Label> {
  const label = await lockLabel(tx, workspaceId, labelId);
  if (label === null) throw labelNotFound({ labelId });
  return label;
}

async function requireFreeName(
  tx: Tx,
  { workspaceId }: Actor,
  named: { name: string; labelId: LabelId | null },
): Promise<void> {
  await lockLabelNames(tx, workspaceId);
  if (named.name === '' || (await isLabelName(tx, workspaceId, named)))
    throw labelNameTaken({ name: named.name });
}

const cleanFacts = ({ name, tint }: LabelFacts): LabelFacts => ({
  name: name.normalize('NFKC').replace(/\s+/gu, ' ').trim(),
  tint,
});
