/**
 * Writes presence; reads conversation (where it lies, and who may see it). Every clock here is
 * clock_timestamp().
 */
import type { ConversationId, MailboxId, MemberId, Presence, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { type Actor, houseActor, type MemberActor, visible } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';

/** What a window looks at. */
export interface Look {
  clientId: string;
  conversationId: ConversationId;
  /** He has something to write open there. */
  writing: boolean;
}

/** Windows that were silent for longer do not count any more. */
const STILL_HERE = sql<boolean>`presence.seen_at > clock_timestamp() - interval '20 seconds'`;

/** Lengthens what this window has said before; false when it is something new. */
export async function beat(tx: Tx, actor: MemberActor, look: Look): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('presence')
    .set({ seen_at: sql<Date>`clock_timestamp()` })
    .where('workspace_id', '=', actor.workspaceId)
    .where('member_id', '=', actor.memberId)
    .where('client_id', '=', look.clientId)
    .where('conversation_id', '=', look.conversationId)
    .where('writing', '=', look.writing)
    .where(STILL_HERE)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function writeLook(tx: Tx, actor: MemberActor, look: Look): Promise<void> {
  const now = {
    conversation_id: look.conversationId,
    writing: look.writing,
    seen_at: sql<Date>`clock_timestamp()`,
  };
  await tx
    .insertInto('presence')
    .values({
      workspace_id: actor.workspaceId,
      member_id: actor.memberId,
      client_id: look.clientId,
      ...now,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id', 'client_id']).doUpdateSet(now))
    .execute();
}

/** What the window looked at until now; its row is gone. Null when it had none. */
export async function takeLook(
  tx: Tx,
  { workspaceId, memberId }: MemberActor,
  clientId: string,
): Promise<ConversationId | null> {
  const row = await tx
    .deleteFrom('presence')
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .where('client_id', '=', clientId)
    .returning('conversation_id')
    .executeTakeFirst();
  return row?.conversation_id ?? null;
}

/** What the window is said to look at, its row held. */
export async function lockLook(
  tx: Tx,
  { workspaceId, memberId }: MemberActor,
  clientId: string,
): Promise<ConversationId | null> {
  const row = await tx
    .selectFrom('presence')
    .select('conversation_id')
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .where('client_id', '=', clientId)
    .forUpdate()
    .executeTakeFirst();
  return row?.conversation_id ?? null;
}

interface Seen {
  conversationId: ConversationId;
  mailboxId: MailboxId;
  memberId: MemberId;
  writing: boolean;
}

/** Who looks at conversations that the actor may see, each person once however many windows he has. */
function lookers(tx: Tx, actor: Actor) {
  return tx
    .selectFrom('presence')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'presence.workspace_id')
        .onRef('conversation.id', '=', 'presence.conversation_id'),
    )
    .select(['conversation.id as conversationId', 'conversation.mailbox_id as mailboxId'])
    .select(['presence.member_id as memberId', sql<boolean>`bool_or(presence.writing)`.as('writing')])
    .where('presence.workspace_id', '=', actor.workspaceId)
    .where(STILL_HERE)
    .where(visible(actor))
    .groupBy(['conversation.id', 'conversation.mailbox_id', 'presence.member_id'])
    .orderBy(sql`min(presence.seen_at)`)
    .orderBy('presence.member_id');
}

export async function listPresence(tx: Tx, actor: Actor): Promise<Presence[]> {
  return gather(await lookers(tx, actor).execute());
}

/** Of the given conversations, whoever may see them; where each lies is said beside it. */
export async function listLookersAt(
  tx: Tx,
  workspaceId: WorkspaceId,
  conversationIds: readonly ConversationId[],
): Promise<{ presence: Presence; mailboxId: MailboxId }[]> {
  const house = houseActor(workspaceId);
  const rows = await lookers(tx, house).where('conversation.id', 'in', conversationIds).execute();
  const places = await tx
    .selectFrom('conversation')
    .select(['conversation.id', 'conversation.mailbox_id as mailboxId'])
    .where('conversation.workspace_id', '=', workspaceId)
    .where('conversation.id', 'in', conversationIds)
    .where(visible(house))
    .execute();
  const here = new Map(gather(rows).map((one) => [one.conversationId, one]));
  return places.map(({ id, mailboxId }) => ({
    presence: here.get(id) ?? { conversationId: id, members: [] },
    mailboxId,
  }));
}

function gather(rows: readonly Seen[]): Presence[] {
  const byConversation = Map.groupBy(rows, ({ conversationId }) => conversationId);
  return [...byConversation].map(([conversationId, seen]) => ({
    conversationId,
    members: seen.map(({ memberId, writing }) => ({ memberId, writing })),
  }));
}

export const CHANNEL = 'madoguchi_presence';

/** Tells every process, once this is committed, that somebody else looks at these from now on. */
export async function notifyLooks(
  tx: Tx,
  workspaceId: WorkspaceId,
  conversationIds: readonly ConversationId[],
): Promise<void> {
  const payload = JSON.stringify({ workspaceId, conversationIds });
  await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(tx);
}
