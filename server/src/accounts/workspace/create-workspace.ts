import type { MemberId, WorkspaceId } from '@madoguchi/contract';
import type { Tx } from '../../platform/index.ts';
import { type Actor, houseActor, type MemberActor } from '../actor.ts';
import { noWorkspaceYet, workspaceExists } from '../errors.ts';
import { loadActor } from '../load-actor.ts';
import { makeMember } from '../member/add-member.ts';
import { type FreshLink, makeMemberLink, setMemberPassword } from '../member/member-link.ts';
import { endSetupCode } from './setup-code.ts';
import { insertRoles, insertWorkspace, listWorkspaces, lockSetup } from './store.ts';

interface NewCompany {
  company: string;
  /** The first administrator. */
  name: string;
  email: string;
}

interface NewWorkspace extends NewCompany {
  password: string;
  demo: boolean;
}

/**
 * The company, its roles and its first administrator, who can sign in at once.
 *
 * @returns the administrator, as yet without a mailbox
 * @throws workspaceExists when the house has one: of two first pages sent at once, one wins
 */
export async function createWorkspace(tx: Tx, facts: NewWorkspace): Promise<MemberActor> {
  await lockSetup(tx);
  if ((await listWorkspaces(tx)).length > 0) throw workspaceExists({});
  const workspaceId = await insertWorkspace(tx, { name: facts.company, demo: facts.demo });
  await endSetupCode(tx);
  const memberId = await makeAdministrator(tx, workspaceId, facts);
  await setMemberPassword(tx, { workspaceId }, { memberId, password: facts.password });
  const actor = await loadActor(tx, workspaceId, memberId);
  if (actor === null) throw new Error('the administrator that was just made may not act');
  return actor;
}

/**
 * One company more in a house that has one. Its administrator signs in once he has opened the link: with a
 * new password, or with the one that he has when he signs in to another workspace here already.
 *
 * @returns the new workspace, as yet without a mailbox
 * @throws noWorkspaceYet when the house has none: the first one begins on the first page
 */
export async function addWorkspace(
  tx: Tx,
  { baseUrl, ...facts }: NewCompany & { baseUrl: string },
): Promise<{ house: Actor; administratorId: MemberId; link: FreshLink }> {
  await lockSetup(tx);
  if ((await listWorkspaces(tx)).length === 0) throw noWorkspaceYet({});
  const workspaceId = await insertWorkspace(tx, { name: facts.company, demo: false });
  const house = houseActor(workspaceId);
  const administratorId = await makeAdministrator(tx, workspaceId, facts);
  const link = await makeMemberLink(tx, house, { memberId: administratorId, baseUrl });
  return { house, administratorId, link };
}

async function makeAdministrator(
  tx: Tx,
  workspaceId: WorkspaceId,
  { name, email }: NewCompany,
): Promise<MemberId> {
  const roleId = (await insertRoles(tx, workspaceId)).get('administrator');
  if (roleId === undefined) throw new Error('the roles of a workspace lack the administrator');
  return (await makeMember(tx, houseActor(workspaceId), { name, email, roleId, mailboxIds: [] })).id;
}
