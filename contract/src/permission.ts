import { Type } from 'typebox';

/**
 * What a role may allow, in the groups in which the settings show it. A name is never used again for
 * another right. Those of the first two groups count in the mailboxes a person works in, as far as his
 * level there goes; the others count in the whole workspace.
 */
export const permissionGroups = {
  reading: [
    'conversation.see',
    'conversation.see_history',
    'conversation.see_drafts',
    'conversation.export',
    'message.see_original',
    'message.load_pictures',
    'file.download',
    'outgoing.see',
  ],
  working: [
    'conversation.answer',
    'conversation.forward',
    'conversation.new_mail',
    'conversation.send',
    'conversation.note',
    'conversation.take',
    'conversation.assign',
    'conversation.set_status',
    'conversation.label',
    'conversation.move',
    'conversation.mark_spam',
    'conversation.delete',
    'conversation.break_hold',
    'file.upload',
    'outgoing.settle',
  ],
  customers: ['customer.see', 'customer.see_addresses', 'search.use'],
  people: [
    'people.see_addresses',
    'people.add',
    'people.edit',
    'people.reset',
    'people.suspend',
    'people.retire',
    'people.see_sign_ins',
    'people.end_sign_ins',
    'people.preview',
    'role.manage',
    'team.manage',
  ],
  workspace: [
    'mailbox.add',
    'mailbox.edit',
    'mailbox.share',
    'channel.manage',
    'security.manage',
    'workspace.rename',
    'label.manage',
    'view.share',
    'status.manage',
    'token.own',
  ],
} as const;

export type PermissionGroup = keyof typeof permissionGroups;
export type Permission = (typeof permissionGroups)[PermissionGroup][number];

export const permissions: readonly Permission[] = Object.values(permissionGroups).flat();
export const Permission = Type.Unsafe<Permission>(Type.String({ enum: [...permissions] }));

/** How much a person may do in one mailbox: his role's rights of reading; of reading and working; and to manage it. */
export const mailboxLevels = ['read', 'work', 'manage'] as const;
export type MailboxLevel = (typeof mailboxLevels)[number];
export const MailboxLevel = Type.Unsafe<MailboxLevel>(Type.String({ enum: [...mailboxLevels] }));

/** What `manage` gives in that one mailbox, whatever the role says. */
export const managerGrants: readonly Permission[] = ['mailbox.edit', 'mailbox.share', 'channel.manage'];

/** Which conversations of his mailboxes a role sees: all, those of his teams and his own, or only his own. */
export const scopes = ['mailboxes', 'teams', 'assigned'] as const;
export type Scope = (typeof scopes)[number];
export const Scope = Type.Unsafe<Scope>(Type.String({ enum: [...scopes] }));
