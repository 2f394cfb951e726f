import type { WorkspaceId } from '@madoguchi/contract';
import type { Tx } from '../../platform/index.ts';
import { houseActor, type MemberActor } from '../actor.ts';
import { workspaceExists } from '../errors.ts';
import { loadActor } from '../load-actor.ts';
import { makeMember } from '../member/add-member.ts';
import { setMemberPassword } from '../member/member-link.ts';
import { endSetupCode } from './setup-code.ts';
import { insertRoles, insertWorkspace, listWorkspaces, lockSetup } from './store.ts';

interface NewWorkspace {
  company: string;
  /** The first administrator. */
  name: string;
  email: string;
  password: string;
  demo: boolean;
}

/**
 * The company, its three roles and its first administrator, who can sign in at once.
 *
 * @returns the administrator, as yet without a mailbox
 * @throws workspaceExists when the house has one: of two first pages sent at once, one wins
 */
export async function createWorkspace(tx: Tx, facts: NewWorkspace): Promise<MemberActor> {
  await lockSetup(tx);
  if ((await listWorkspaces(tx)).length > 0) throw workspaceExists({});
  const workspaceId = await insertWorkspace(tx, { name: facts.company, demo: facts.demo });
  await endSetupCode(tx);
  return makeAdministrator(tx, workspaceId, facts);
}

async function makeAdministrator(
  tx: Tx,
  workspaceId: WorkspaceId,
  { name, email, password }: NewWorkspace,
): Promise<MemberActor> {
  const roleId = (await insertRoles(tx, workspaceId)).get('administrator');
  if (roleId === undefined) throw new Error('the roles of a workspace lack the administrator');
  const house = houseActor(workspaceId);
  const member = await makeMember(tx, house, { name, email, roleId, mailboxIds: [] });
  await setMemberPassword(tx, house, { memberId: member.id, password });
  const actor = await loadActor(tx, workspaceId, member.id);
  if (actor === null) throw new Error('the administrator that was just made may not act');
  return actor;
}
