/** Own tables: label, conversation_label. */
import type { ConversationId, Label, LabelFacts, LabelId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { newId, type Tx } from '../../platform/index.ts';

const labelsOf = (tx: Tx, workspaceId: WorkspaceId) =>
  tx
    .selectFrom('label')
    .select(['id', 'name', 'tint'])
    .where('workspace_id', '=', workspaceId)
    .where('deleted_at', 'is', null);

/** The labels of a workspace by their names. */
export function findLabels(tx: Tx, workspaceId: WorkspaceId): Promise<Label[]> {
  return labelsOf(tx, workspaceId).orderBy('name').orderBy('id').execute();
}

/** The label, which nobody changes or deletes until the transaction ends. */
export async function holdLabel(tx: Tx, workspaceId: WorkspaceId, labelId: LabelId): Promise<Label | null> {
  const row = await labelsOf(tx, workspaceId).where('id', '=', labelId).forShare().executeTakeFirst();
  return row ?? null;
}

/** The label, held by who changes it. */
export async function lockLabel(tx: Tx, workspaceId: WorkspaceId, labelId: LabelId): Promise<Label | null> {
  const row = await labelsOf(tx, workspaceId).where('id', '=', labelId).forUpdate().executeTakeFirst();
  return row ?? null;
}

/** Waits for whoever else names a label of this workspace now. */
export async function lockLabelNames(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('conversation.label'), hashtext(${workspaceId}))`.execute(
    tx,
  );
}

/** Whether another label has this name. Who asks holds the names by `lockLabelNames`. */
export async function isLabelName(
  tx: Tx,
  workspaceId: WorkspaceId,
  { name, labelId }: { name: string; labelId: LabelId | null },
): Promise<boolean> {
  const row = await labelsOf(tx, workspaceId)
    .where('name', '=', name)
    .$if(labelId !== null, (query) => query.where('id', '<>', labelId))
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertLabel(tx: Tx, workspaceId: WorkspaceId, facts: LabelFacts): Promise<LabelId> {
  const id = newId<LabelId>();
  await tx
    .insertInto('label')
    .values({ workspace_id: workspaceId, id, ...facts })
    .execute();
  return id;
}

export async function updateLabel(
  tx: Tx,
  workspaceId: WorkspaceId,
  { id, name, tint }: Label,
): Promise<void> {
  await tx
    .updateTable('label')
    .set({ name, tint })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Takes it off every conversation; its row stays, so that its id is never given again. */
export async function markDeleted(tx: Tx, workspaceId: WorkspaceId, labelId: LabelId): Promise<void> {
  await tx
    .updateTable('label')
    .set({ deleted_at: sql<Date>`clock_timestamp()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', labelId)
    .execute();
  await tx
    .deleteFrom('conversation_label')
    .where('workspace_id', '=', workspaceId)
    .where('label_id', '=', labelId)
    .execute();
}

/** On how many conversations it stands, whoever may see them: a number and nothing else. */
export async function countUses(tx: Tx, workspaceId: WorkspaceId, labelId: LabelId): Promise<number> {
  const { n } = await tx
    .selectFrom('conversation_label')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('workspace_id', '=', workspaceId)
    .where('label_id', '=', labelId)
    .executeTakeFirstOrThrow();
  return n;
}

/** The labels of a conversation, whose row the caller holds. */
export async function findLabelsOn(
  tx: Tx,
  workspaceId: WorkspaceId,
  conversationId: ConversationId,
): Promise<LabelId[]> {
  const rows = await tx
    .selectFrom('conversation_label')
    .select('label_id')
    .where('workspace_id', '=', workspaceId)
    .where('conversation_id', '=', conversationId)
    .execute();
  return rows.map(({ label_id }) => label_id);
}

interface Pair {
  conversationId: ConversationId;
  labelId: LabelId;
}

export async function insertOn(tx: Tx, workspaceId: WorkspaceId, pair: Pair): Promise<void> {
  await tx
    .insertInto('conversation_label')
    .values({ workspace_id: workspaceId, conversation_id: pair.conversationId, label_id: pair.labelId })
    .execute();
}

export async function deleteFrom(tx: Tx, workspaceId: WorkspaceId, pair: Pair): Promise<void> {
  await tx
    .deleteFrom('conversation_label')
    .where('workspace_id', '=', workspaceId)
    .where('conversation_id', '=', pair.conversationId)
    .where('label_id', '=', pair.labelId)
    .execute();
}
