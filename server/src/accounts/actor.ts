import {
  type EventId,
  type MailboxId,
  type MailboxLevel,
  type MemberId,
  managerGrants,
  type Permission,
  permissionGroups,
  permissions,
  type Scope,
  type TeamId,
  type WorkspaceId,
} from '@madoguchi/contract';
import { notAllowed } from './errors.ts';

/** Who does something now: a member with his rights as they are at this moment, or the house itself. */
export interface Actor {
  workspaceId: WorkspaceId;
  /** Null: the house itself. */
  memberId: MemberId | null;
  permissions: ReadonlySet<Permission>;
  /** The mailboxes whose conversations he may see, and how far his rights go there; the house sees all. */
  mailboxes: ReadonlyMap<MailboxId, MailboxLevel> | 'all';
  /** Which conversations of these mailboxes. */
  scope: Scope;
  teamIds: readonly TeamId[];
  /** Which session or API token asks; null for the house and for jobs. */
  sessionOrTokenId: string | null;
  /** Who really sits there, when somebody looks at the page as this person: he sees what both may see. */
  previewedBy: Actor | null;
  /** The event of the act that all he does now is a part of. */
  causeId?: EventId;
}

/** A person as an actor: never the house. */
export interface MemberActor extends Actor {
  memberId: MemberId;
  mailboxes: ReadonlyMap<MailboxId, MailboxLevel>;
}

const ALL_PERMISSIONS: ReadonlySet<Permission> = new Set(permissions);
const READING: ReadonlySet<Permission> = new Set(permissionGroups.reading);
const WORKING: ReadonlySet<Permission> = new Set(permissionGroups.working);
const MANAGING: ReadonlySet<Permission> = new Set(managerGrants);

/** The house itself, for jobs, readers of the feed and commands: every right, but in one workspace only. */
export function houseActor(workspaceId: WorkspaceId): Actor {
  return {
    workspaceId,
    memberId: null,
    permissions: ALL_PERMISSIONS,
    mailboxes: 'all',
    scope: 'mailboxes',
    teamIds: [],
    sessionOrTokenId: null,
    previewedBy: null,
  };
}

/**
 * Whether the actor has this right in this mailbox: his role gives it and his level there goes so far.
 * To manage a mailbox is either a right of the role, for all of them, or his level in this one.
 */
export function mayIn(
  actor: Pick<Actor, 'permissions' | 'mailboxes'>,
  permission: Permission,
  mailboxId: MailboxId,
): boolean {
  const hasRight = actor.permissions.has(permission);
  if (actor.mailboxes === 'all') return hasRight;
  const level = actor.mailboxes.get(mailboxId);
  if (MANAGING.has(permission)) return hasRight || level === 'manage';
  if (!hasRight || level === undefined) return false;
  return READING.has(permission) || (WORKING.has(permission) && level !== 'read');
}

/** @throws notAllowed, which answers like something that does not exist */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!actor.permissions.has(permission)) throw notAllowed({});
}

/** @throws notAllowed unless the actor may do this in this mailbox */
export function requireIn(actor: Actor, permission: Permission, mailboxId: MailboxId): void {
  if (!mayIn(actor, permission, mailboxId)) throw notAllowed({});
}

/** The mailboxes in which the actor has this right; "all" for the house, and for who may manage every one. */
export function mailboxesFor(actor: Actor, permission: Permission): readonly MailboxId[] | 'all' {
  if (actor.mailboxes === 'all' || (MANAGING.has(permission) && actor.permissions.has(permission)))
    return actor.permissions.has(permission) ? 'all' : [];
  return [...actor.mailboxes.keys()].filter((id) => mayIn(actor, permission, id));
}

/** Whether this actor's rights are all among the other's: nobody gives or takes more than he has. */
export function hasAllOf(actor: Actor, wanted: Iterable<Permission>): boolean {
  return [...wanted].every((permission) => actor.permissions.has(permission));
}
