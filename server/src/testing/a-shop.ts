import type { MailboxId, WorkspaceId } from '@madoguchi/contract';
import type { MemberActor } from '../accounts/index.ts';
import { makeStatuses } from '../conversation/index.ts';
import type { Tx } from '../platform/index.ts';
import { aMailbox, aMember, aWorkspace } from './builders.ts';

export interface Shop {
  workspaceId: WorkspaceId;
  mailboxId: MailboxId;
  tanaka: MemberActor;
  sato: MemberActor;
}

/** A company with one shared mailbox (order@komorebi.example) and two people who answer in it. */
export async function aShop(tx: Tx): Promise<Shop> {
  const workspaceId = await aWorkspace(tx);
  await makeStatuses(tx, workspaceId);
  const address = `order@${workspaceId}.komorebi.example`;
  const mailboxId = await aMailbox(tx, workspaceId, { address });
  const person = (name: string): Promise<MemberActor> =>
    aMember(tx, workspaceId, { name, mailboxIds: [mailboxId] });
  return { workspaceId, mailboxId, tanaka: await person('田中 彩'), sato: await person('佐藤 健') };
}
