import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import type { Tables } from '../platform/index.ts';
import type { Actor } from './actor.ts';

/**
 * Which conversations the actor may see, over conversation's own columns: his workspace, the mailboxes he
 * works in, and what his role's scope leaves of them. The only SQL outside a store; no store selects a
 * conversation or a message without it.
 */
export function visible(actor: Actor): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'conversation'>();
  const inWorkspace = eb('conversation.workspace_id', '=', actor.workspaceId);
  if (!actor.permissions.has('conversation.see')) return eb.and([inWorkspace, sql<SqlBool>`false`]);
  if (actor.mailboxes === 'all') return inWorkspace;
  // One array parameter: the statement is the same for one mailbox and for a hundred.
  const mailboxIds = [...actor.mailboxes.keys()];
  const inMailboxes = sql<SqlBool>`conversation.mailbox_id = any(${mailboxIds}::uuid[])`;
  const mine = [inWorkspace, inMailboxes, ...inScope(actor)];
  return eb.and(actor.previewedBy === null ? mine : [...mine, visible(actor.previewedBy)]);
}

function inScope({ scope, memberId, teamIds }: Actor): Expression<SqlBool>[] {
  const eb = expressionBuilder<Tables, 'conversation'>();
  const own = eb('conversation.assignee_id', '=', memberId);
  switch (scope) {
    case 'mailboxes':
      return [];
    case 'assigned':
      return [own];
    case 'teams':
      return [eb.or([own, sql<SqlBool>`conversation.team_id = any(${[...teamIds]}::uuid[])`])];
  }
}
