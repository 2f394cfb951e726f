import {
  permissions as everything,
  type MailboxId,
  type MailboxLevel,
  type MemberId,
  type Permission,
  type RoleId,
  type Scope,
  type WorkspaceId,
} from '@madoguchi/contract';
import type { MemberActor } from '../accounts/index.ts';
import { newId, type Tx } from '../platform/index.ts';

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
  /** How long its letters can be undone; left out, they leave at once. */
  undoSeconds?: number;
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
    .values({
      workspace_id: workspaceId,
      id,
      name: given.name ?? 'ご注文・配送',
      tint: 'sora',
      undo_seconds: given.undoSeconds ?? 0,
    })
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
  /** How far his rights go in them; `work` when left out. */
  level?: MailboxLevel;
  scope?: Scope;
}

/** The mailboxes of an actor, all at one level. */
export function inMailboxes(
  ids: readonly MailboxId[],
  level: MailboxLevel = 'work',
): ReadonlyMap<MailboxId, MailboxLevel> {
  return new Map(ids.map((id) => [id, level]));
}

/** A person who may do everything in the given mailboxes, unless the test says otherwise. */
export async function aMember(
  tx: Tx,
  workspaceId: WorkspaceId,
  given: MemberGiven = {},
): Promise<MemberActor> {
  const id = newId<MemberId>();
  const roleId = newId<RoleId>();
  const permissions = [...(given.permissions ?? everything)];
  const { mailboxIds = [], level = 'work', scope = 'mailboxes' } = given;
  await tx
    .insertInto('role')
    .values({ workspace_id: workspaceId, id: roleId, key: `role-${roleId}`, permissions, scope })
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
      .values({ workspace_id: workspaceId, mailbox_id: mailboxId, member_id: id, level })
      .execute();
  }
  return {
    workspaceId,
    memberId: id,
    permissions: new Set(permissions),
    mailboxes: inMailboxes(mailboxIds, level),
    scope,
    teamIds: [],
    sessionOrTokenId: null,
    previewedBy: null,
  };
}
