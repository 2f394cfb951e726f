/** Writes nothing. Reads mailbox, mailbox_address and member: what is ours. */
import type { WorkspaceId } from '@madoguchi/contract';
import type { Tx } from '../../platform/index.ts';

/**
 * Addresses of the workspace's mailboxes and people, and the words below the mailboxes' letters. A person's own
 * signature does not count: who may not see a number could write it there and have it shown.
 */
export async function listOwn(
  tx: Tx,
  workspaceId: WorkspaceId,
): Promise<{ addresses: string[]; signatures: string[] }> {
  const ofMailboxes = await tx
    .selectFrom('mailbox_address')
    .select('address')
    .where('workspace_id', '=', workspaceId)
    .execute();
  const mailboxes = await tx
    .selectFrom('mailbox')
    .select('signature')
    .where('workspace_id', '=', workspaceId)
    .execute();
  const members = await tx
    .selectFrom('member')
    .select('email')
    .where('workspace_id', '=', workspaceId)
    .execute();
  return {
    addresses: [...ofMailboxes.map(({ address }) => address), ...members.map(({ email }) => email)],
    signatures: mailboxes.map(({ signature }) => signature).filter((text) => text !== ''),
  };
}
