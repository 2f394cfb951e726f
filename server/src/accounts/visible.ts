import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import type { Tables } from '../platform/index.ts';
import type { Actor } from './actor.ts';

/**
 * Which conversations the actor may see, over conversation's own columns: his workspace, and the
 * mailboxes he works in. The only SQL outside a store; no store selects a conversation or a message
 * without it.
 */
export function visible(actor: Actor): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'conversation'>();
  const inWorkspace = eb('conversation.workspace_id', '=', actor.workspaceId);
  if (!actor.permissions.has('conversation.see')) return eb.and([inWorkspace, sql<SqlBool>`false`]);
  if (actor.mailboxIds === 'all') return inWorkspace;
  // One array parameter: the statement is the same for one mailbox and for a hundred.
  const mailboxIds = [...actor.mailboxIds];
  return eb.and([inWorkspace, sql<SqlBool>`conversation.mailbox_id = any(${mailboxIds}::uuid[])`]);
}
