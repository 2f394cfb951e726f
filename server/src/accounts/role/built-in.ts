import {
  type BuiltInRole,
  type Permission,
  permissionGroups,
  permissions,
  type Scope,
} from '@madoguchi/contract';
import { isBuiltIn } from './role.ts';

interface RoleRights {
  permissions: readonly Permission[];
  scope: Scope;
}

const { reading, working, customers } = permissionGroups;
const ADMINISTRATORS_ONLY: readonly Permission[] = [
  'people.retire',
  'people.end_sign_ins',
  'role.manage',
  'channel.manage',
  'security.manage',
  'workspace.rename',
];

/**
 * The rights of the roles that every workspace has. They stand here and not in rows, so that a right that a
 * later version brings reaches them without a migration.
 */
const RIGHTS: Record<BuiltInRole, RoleRights> = {
  administrator: { permissions, scope: 'mailboxes' },
  manager: {
    permissions: permissions.filter((permission) => !ADMINISTRATORS_ONLY.includes(permission)),
    scope: 'mailboxes',
  },
  member: {
    permissions: [
      ...reading.filter((permission) => permission !== 'conversation.export'),
      ...working.filter((permission) => permission !== 'conversation.break_hold'),
      ...customers,
      'people.see_addresses',
      'token.own',
    ],
    scope: 'mailboxes',
  },
  // Writes and does not send; sees who wrote, and not under which address.
  trainee: {
    permissions: [
      'conversation.see',
      'conversation.see_history',
      'conversation.see_drafts',
      'file.download',
      'message.load_pictures',
      'conversation.answer',
      'conversation.note',
      'conversation.take',
      'file.upload',
      'customer.see',
      'search.use',
    ],
    scope: 'mailboxes',
  },
  reader: {
    permissions: [
      'conversation.see',
      'conversation.see_history',
      'message.load_pictures',
      'file.download',
      ...customers,
    ],
    scope: 'mailboxes',
  },
  // Someone from outside who was asked for help with single conversations.
  guest: { permissions: ['conversation.see', 'conversation.note', 'file.download'], scope: 'assigned' },
};

/** What a role allows: the program's word for a built-in one, its row's for an own one. */
export function rightsOf(role: { key: string; permissions: Permission[]; scope: Scope }): RoleRights {
  return isBuiltIn(role.key) ? RIGHTS[role.key] : role;
}
