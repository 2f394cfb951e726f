import {
  type MailboxId,
  type MemberId,
  type Permission,
  permissions,
  type WorkspaceId,
} from '@madoguchi/contract';
import { notAllowed } from './errors.ts';

/** Who does something now: a member with his rights as they are at this moment, or the house itself. */
export interface Actor {
  workspaceId: WorkspaceId;
  /** Null: the house itself. */
  memberId: MemberId | null;
  permissions: ReadonlySet<Permission>;
  /** The mailboxes whose conversations he may see; the house sees all. */
  mailboxIds: readonly MailboxId[] | 'all';
  /** Which session or API token asks; null for the house and for jobs. */
  sessionOrTokenId: string | null;
}

/** A person as an actor: never the house. */
export interface MemberActor extends Actor {
  memberId: MemberId;
  mailboxIds: readonly MailboxId[];
}

const ALL_PERMISSIONS: ReadonlySet<Permission> = new Set(permissions);

/** The house itself, for jobs, readers of the feed and commands: every right, but in one workspace only. */
export function houseActor(workspaceId: WorkspaceId): Actor {
  return {
    workspaceId,
    memberId: null,
    permissions: ALL_PERMISSIONS,
    mailboxIds: 'all',
    sessionOrTokenId: null,
  };
}

/** Whether the actor has this right and works in this mailbox. */
export function mayIn(actor: Actor, permission: Permission, mailboxId: MailboxId): boolean {
  if (!actor.permissions.has(permission)) return false;
  return actor.mailboxIds === 'all' || actor.mailboxIds.includes(mailboxId);
}

/** @throws notAllowed, which answers like something that does not exist */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!actor.permissions.has(permission)) throw notAllowed({});
}
