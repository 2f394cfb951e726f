/**
 * accounts: who someone inside is, and what he may do.
 *
 * In:     sign-ins, API tokens, decisions of administrators
 * Out:    the actor of each request; `visible(actor)`; an event for each change of people or mailboxes
 * Owns:   workspace, role, member, team, team_member, mailbox, mailbox_address, mailbox_member, mailbox_team,
 *         member_link, api_token, sign_in_record, preview, and the schema sign_in
 * Never:  knows what is said in a conversation, or whom we write to
 */
export {
  type Actor,
  houseActor,
  type MemberActor,
  mailboxesFor,
  mayIn,
  requireIn,
  requirePermission,
} from './actor.ts';
export { notAllowed, workspaceExists } from './errors.ts';
export { accountsSweeps } from './jobs.ts';
export { findEnded, loadActor, type Present, reloadActor, reloadActors } from './load-actor.ts';
export { addMailbox } from './mailbox/add-mailbox.ts';
export { mayHave } from './mailbox/assignable/may-have.ts';
export { listMailboxes } from './mailbox/list-mailboxes.ts';
export { saveMailboxAccess } from './mailbox/save-mailbox-access.ts';
export { isMailboxOn } from './mailbox/store.ts';
export { plainForm } from './mask/find-addresses.ts';
export { isMasked, MASKED, type Mask, type MaskWithin } from './mask/mask.ts';
export { type Masks, openMasks, seesAddresses } from './mask/open-masks.ts';
export { addMember } from './member/add-member.ts';
export { cleanAddress } from './member/address.ts';
export { leaveMember, returnMember } from './member/leave-member.ts';
export { mayTakeOver } from './member/leaving/may-take-over.ts';
export { type Addressee, findAddressee, makeLinkForLetter } from './member/letter-to-member.ts';
export { readMemberLink, setMemberPassword } from './member/member-link.ts';
export { saveMember } from './member/save-member.ts';
export { holdMember } from './member/store.ts';
export { saveRole } from './role/save-role.ts';
export { listRoles } from './role/store.ts';
export { accountsRoutes } from './routes.ts';
export { type NetworkLists, readNetworkLists, removeNetworkLists } from './security/open-security.ts';
export { accountsAuth } from './sign-in/accounts-auth.ts';
export { actorOf, actorStill } from './sign-in/actor-of.ts';
export { resetSignIn } from './sign-in/reset-sign-in.ts';
export { makeToken } from './sign-in/token.ts';
export { addTeam, deleteTeam, saveTeam } from './team/save-team.ts';
export { isTeamWorkingIn } from './team/store.ts';
export { visible } from './visible.ts';
export { addWorkspace, createWorkspace } from './workspace/create-workspace.ts';
export { findMemberByEmail } from './workspace/find-member.ts';
export { ensureSetupCode, judgeSetupCode } from './workspace/setup-code.ts';
export { listWorkspaces } from './workspace/store.ts';
