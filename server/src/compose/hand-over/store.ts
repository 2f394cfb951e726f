/** What a leaver leaves half written. Reads draft and conversation (whose it is). */
import type { DraftId, MailboxId, MemberId, TeamId, WorkspaceId } from '@madoguchi/contract';
import { houseActor, visible } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';

/** An open draft, and where its conversation stands now; no conversation: a new mail. */
export interface LeftDraft {
  draftId: DraftId;
  mailboxId: MailboxId;
  assigneeId: MemberId | null;
  teamId: TeamId | null;
}

/** The open drafts of a member, oldest first, wherever they are: who hands them on is the house. */
export async function listLeftDrafts(
  tx: Tx,
  workspaceId: WorkspaceId,
  authorId: MemberId,
): Promise<LeftDraft[]> {
  const rows = await tx
    .selectFrom('draft')
    .leftJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'draft.workspace_id')
        .onRef('conversation.id', '=', 'draft.conversation_id')
        .on(visible(houseActor(workspaceId))),
    )
    .select([
      'draft.id as draftId',
      'draft.mailbox_id as draftMailboxId',
      'conversation.mailbox_id as conversationMailboxId',
      'conversation.assignee_id as assigneeId',
      'conversation.team_id as teamId',
    ])
    .where('draft.workspace_id', '=', workspaceId)
    .where('draft.author_id', '=', authorId)
    .where('draft.closed_at', 'is', null)
    .orderBy('draft.id')
    .execute();
  return rows.map(({ draftMailboxId, conversationMailboxId, ...row }) => ({
    ...row,
    mailboxId: conversationMailboxId ?? draftMailboxId,
  }));
}
