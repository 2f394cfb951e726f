/**
 * What intake asks before it decides; it owns no table. Reads message, message_reference, conversation,
 * status, customer_address, mailbox_address, bounce and raw_message.
 */
import type { ConversationId, MailboxId, RawMessageId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { type Actor, visible } from '../accounts/index.ts';
import type { Tx } from '../platform/index.ts';
import type { Known } from './known.ts';

/**
 * Held until the transaction ends, always in this order: of the Message-IDs (its own, so that copies taken at
 * once in two mailboxes find each other, and those it names, so that parent and child do), then of the mailbox.
 */
export async function lockLetter(
  tx: Tx,
  workspaceId: WorkspaceId,
  { messageIds, mailboxId }: { messageIds: readonly string[]; mailboxId: MailboxId },
): Promise<void> {
  // Sorted: two letters that name each other must not wait for each other.
  const letters = [...new Set(messageIds)].sort().map((id) => `letter ${workspaceId} ${id}`);
  for (const name of [...letters, `mailbox ${workspaceId} ${mailboxId}`]) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx);
  }
}

function known(tx: Tx, actor: Actor) {
  return (
    tx
      .selectFrom('message')
      .innerJoin('conversation', (join) =>
        join
          .onRef('conversation.workspace_id', '=', 'message.workspace_id')
          .onRef('conversation.id', '=', 'message.conversation_id'),
      )
      .innerJoin('status', (join) =>
        join
          .onRef('status.workspace_id', '=', 'conversation.workspace_id')
          .onRef('status.id', '=', 'conversation.status_id'),
      )
      .select([
        sql<string>`message.message_id`.as('messageId'),
        'message.id',
        'message.kind',
        'message.content_hash as contentHash',
        'message.from_address as fromAddress',
        'message.arrived_mailbox_id as arrivedMailboxId',
        'message.raw_message_id as rawMessageId',
        'message.conversation_id as conversationId',
        'conversation.mailbox_id as mailboxId',
        'conversation.answer_id as answerId',
        'conversation.customer_id as customerId',
        'status.kind as status',
        'conversation.last_message_at as lastMessageAt',
      ])
      .where('message.workspace_id', '=', actor.workspaceId)
      .where('message.message_id', 'is not', null)
      // An id that never left, or has not yet, is known to nobody outside.
      .where('message.unsaid', 'is', null)
      .where(visible(actor))
      .orderBy('message.received_at')
      .orderBy('message.id')
  );
}

/** Messages that have one of these Message-IDs, oldest first. */
export function findByMessageIds(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Known[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return known(tx, actor)
    .where('message.message_id', 'in', [...ids])
    .execute();
}

/** Messages that name this Message-ID as one before them: its children came first. */
export function findNaming(tx: Tx, actor: Actor, messageId: string): Promise<Known[]> {
  return known(tx, actor)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('message_reference')
          .select('message_reference.rank')
          .whereRef('message_reference.workspace_id', '=', 'message.workspace_id')
          .whereRef('message_reference.message_row_id', '=', 'message.id')
          .where('message_reference.workspace_id', '=', actor.workspaceId)
          .where('message_reference.referenced', '=', messageId),
      ),
    )
    .execute();
}

/** Everyone who wrote or was named in a conversation, and all addresses of its customer; lower case. */
export async function listParticipants(
  tx: Tx,
  { workspaceId }: Actor,
  conversationId: ConversationId,
): Promise<Set<string>> {
  const { rows } = await sql<{ address: string }>`
    select lower(from_address) as address from message
      where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and kind in ('in', 'out')
        and not stranger and unsaid is null
    union
    select lower(named ->> 'address') from message,
        lateral jsonb_path_query(recipients, '$.*[*]') as named
      where message.workspace_id = ${workspaceId} and conversation_id = ${conversationId}
        and kind in ('in', 'out') and not stranger and unsaid is null
    union
    select address_key from customer_address
      join conversation on conversation.workspace_id = customer_address.workspace_id
        and conversation.customer_id = customer_address.customer_id
      where customer_address.workspace_id = ${workspaceId} and conversation.id = ${conversationId}`.execute(
    tx,
  );
  return new Set(rows.map(({ address }) => address));
}

/** The workspace's own addresses: none of them is a customer. Lower case. */
export async function listOwnAddresses(tx: Tx, workspaceId: WorkspaceId): Promise<Map<string, MailboxId>> {
  const rows = await tx
    .selectFrom('mailbox_address')
    .select(['address', 'mailbox_id'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  return new Map(rows.map(({ address, mailbox_id }) => [address.toLowerCase(), mailbox_id]));
}

/** The same report, byte for byte, kept from the same mailbox before; null when there is none. */
export async function findSameReport(
  tx: Tx,
  raw: { workspaceId: WorkspaceId; id: RawMessageId; mailboxId: MailboxId; sha256: Buffer },
): Promise<RawMessageId | null> {
  const row = await tx
    .selectFrom('bounce')
    .innerJoin('raw_message', (join) =>
      join
        .onRef('raw_message.workspace_id', '=', 'bounce.workspace_id')
        .onRef('raw_message.id', '=', 'bounce.raw_message_id'),
    )
    .select('raw_message.id')
    .where('bounce.workspace_id', '=', raw.workspaceId)
    .where('raw_message.mailbox_id', '=', raw.mailboxId)
    .where('raw_message.sha256', '=', raw.sha256)
    .where('raw_message.id', '<>', raw.id)
    .executeTakeFirst();
  return row?.id ?? null;
}
