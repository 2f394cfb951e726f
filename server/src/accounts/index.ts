/**
 * accounts: who someone inside is, and what he may do.
 *
 * In:     sign-ins, API tokens, decisions of administrators
 * Out:    the actor of each request; `visible(actor)`; an event for each change of people or mailboxes
 * Owns:   workspace, role, member, team, team_member, mailbox, mailbox_address, mailbox_member, member_link,
 *         api_token, and the schema sign_in
 * Never:  knows what is said in a conversation, or whom we write to
 */
export { type Actor, houseActor, type MemberActor, mayIn, requirePermission } from './actor.ts';
export { workspaceExists } from './errors.ts';
export { loadActor, reloadActor } from './load-actor.ts';
export { addMailbox } from './mailbox/add-mailbox.ts';
export { listMailboxes } from './mailbox/list-mailboxes.ts';
export { saveMailboxMembers } from './mailbox/save-mailbox-members.ts';
export { isMailboxOn } from './mailbox/store.ts';
export { addMember } from './member/add-member.ts';
export { cleanAddress } from './member/address.ts';
export { setMemberPassword } from './member/member-link.ts';
export { saveMember } from './member/save-member.ts';
export { listRoles } from './member/store.ts';
export { accountsRoutes } from './routes.ts';
export { accountsAuth } from './sign-in/accounts-auth.ts';
export { actorOf } from './sign-in/actor-of.ts';
export { makeToken } from './sign-in/token.ts';
export { visible } from './visible.ts';
export { createWorkspace } from './workspace/create-workspace.ts';
export { findMemberByEmail } from './workspace/find-member.ts';
export { ensureSetupCode, judgeSetupCode } from './workspace/setup-code.ts';
export { listWorkspaces } from './workspace/store.ts';
