import type { MailboxId, MemberId, Permission, RoleId, WorkspaceId } from '@madoguchi/contract';
import type { Actor } from '../accounts/index.ts';
import { newId, type Tx } from '../platform/index.ts';

const EVERYTHING: Permission[] = [
  'conversation.see',
  'conversation.answer',
  'conversation.assign',
  'conversation.delete',
  'people.manage',
  'settings.manage',
];

/** A company with nothing in it yet but its name. */
export async function aWorkspace(tx: Tx, name = 'こもれび雑貨店'): Promise<WorkspaceId> {
  const id = newId<WorkspaceId>();
  await tx.insertInto('workspace').values({ id, name }).execute();
  return id;
}

export interface MailboxGiven {
  name?: string;
  address?: string;
  aliases?: string[];
}

/** A shared mailbox; its address is its own unless one is given. */
export async function aMailbox(
  tx: Tx,
  workspaceId: WorkspaceId,
  given: MailboxGiven = {},
): Promise<MailboxId> {
  const id = newId<MailboxId>();
  const address = given.address ?? `order-${id}@komorebi.example`;
  await tx
    .insertInto('mailbox')
    .values({ workspace_id: workspaceId, id, name: given.name ?? 'ご注文・配送', tint: 'sora' })
    .execute();
  await tx
    .insertInto('mailbox_address')
    .values([
      { workspace_id: workspaceId, mailbox_id: id, address, main: true },
      ...(given.aliases ?? []).map((alias) => ({
        workspace_id: workspaceId,
        mailbox_id: id,
        address: alias,
        main: false,
      })),
    ])
    .execute();
  return id;
}

export interface MemberGiven {
  name?: string;
  email?: string;
  permissions?: Permission[];
  mailboxIds?: MailboxId[];
}

/** A person who may do everything in the given mailboxes, unless the test says otherwise. */
export async function aMember(
  tx: Tx,
  workspaceId: WorkspaceId,
  given: MemberGiven = {},
): Promise<Actor & { memberId: MemberId }> {
  const id = newId<MemberId>();
  const roleId = newId<RoleId>();
  const permissions = given.permissions ?? EVERYTHING;
  const mailboxIds = given.mailboxIds ?? [];
  await tx
    .insertInto('role')
    .values({ workspace_id: workspaceId, id: roleId, key: `role-${roleId}`, permissions })
    .execute();
  await tx
    .insertInto('member')
    .values({
      workspace_id: workspaceId,
      id,
      name: given.name ?? '田中 彩',
      email: given.email ?? `${id}@komorebi.example`,
      role_id: roleId,
      state: 'active',
      tint: 1,
    })
    .execute();
  for (const mailboxId of mailboxIds) {
    await tx
      .insertInto('mailbox_member')
      .values({ workspace_id: workspaceId, mailbox_id: mailboxId, member_id: id })
      .execute();
  }
  return { workspaceId, memberId: id, permissions: new Set(permissions), mailboxIds, sessionOrTokenId: null };
}
