import type { ConversationId, MessageId, TeamId } from '@madoguchi/contract';
import { type Actor, isTeamWorkingIn, mayIn } from '../../accounts/index.ts';
import { appendEvent, type Tx } from '../../platform/index.ts';
import type { Conversation } from '../conversation.ts';
import { conversationNotFound, teamChanged, teamUnfit } from '../errors.ts';
import { saveChange } from '../store.ts';
import { holdForHandOver } from './hand-over.ts';

interface TeamChoice {
  conversationId: ConversationId;
  teamId: TeamId | null;
  /** Which team had it on the screen where the decision was made. */
  seenTeamId: TeamId | null;
  message?: string | undefined;
}

/**
 * Gives a conversation to a team that works in its mailbox, or to none with `null`. The team and the assignee
 * stand side by side: neither changes the other.
 *
 * @throws conversationNotFound, teamChanged, teamUnfit
 */
export async function assignTeam(
  tx: Tx,
  actor: Actor,
  { teamId, seenTeamId, ...given }: TeamChoice,
): Promise<Conversation> {
  const held = await holdForHandOver(tx, actor, given);
  if (held === null || !mayIn(actor, 'conversation.assign', held.conversation.mailboxId)) {
    throw conversationNotFound({ conversationId: given.conversationId });
  }
  const before = held.conversation;
  if (before.teamId === teamId) return before;
  if (before.teamId !== seenTeamId) throw teamChanged({ nowWithTeam: before.teamId });
  if (teamId !== null && !(await isTeamWorkingIn(tx, before.workspaceId, { ...before, teamId }))) {
    throw teamUnfit({ teamId });
  }
  const { conversation, noteId } = await held.leaveWords();
  return changeTeam(tx, actor, conversation, { teamId, noteId });
}

/** Writes the change to a conversation that the caller holds and may change. */
export async function changeTeam(
  tx: Tx,
  actor: Actor,
  before: Conversation,
  { teamId, noteId = null }: { teamId: TeamId | null; noteId?: MessageId | null },
): Promise<Conversation> {
  if (before.teamId === teamId) return before;
  const after = await saveChange(tx, before, { teamId });
  await appendEvent(tx, actor, {
    kind: 'team_assigned',
    conversationId: before.id,
    mailboxId: before.mailboxId,
    revision: before.revision,
    facts: { from: before.teamId, to: teamId, ...(noteId !== null && { noteId }) },
  });
  return after;
}

/** Takes a conversation, whose row the caller holds, from a team that does not work in its mailbox. */
export async function freeOfForeignTeam(tx: Tx, actor: Actor, before: Conversation): Promise<Conversation> {
  const { teamId, workspaceId } = before;
  if (teamId === null || (await isTeamWorkingIn(tx, workspaceId, { ...before, teamId }))) return before;
  return changeTeam(tx, actor, before, { teamId: null });
}
