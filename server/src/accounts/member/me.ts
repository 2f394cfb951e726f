import type { Me } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import type { MemberActor } from '../actor.ts';
import { memberNotFound } from '../errors.ts';
import { publicMember } from './member.ts';
import { findMember, findWorkspace, updateMember } from './store.ts';

/** Who asks, and what he may do. */
export async function getMe(tx: Tx, actor: MemberActor): Promise<Me> {
  const member = await findMember(tx, actor.workspaceId, actor);
  if (member === null) throw memberNotFound({});
  return {
    member: publicMember(member),
    workspace: await findWorkspace(tx, actor.workspaceId),
    permissions: [...actor.permissions],
    mailboxIds: [...actor.mailboxIds],
    signature: member.signature,
  };
}

/** Changes one's own name and signature. */
export async function saveMe(
  tx: Tx,
  actor: MemberActor,
  { name, signature }: { name: string; signature: string },
): Promise<Me> {
  await updateMember(tx, actor.workspaceId, actor.memberId, { name, signature });
  await appendEvent(tx, actor, { kind: 'member_changed', facts: { memberId: actor.memberId, what: 'own' } });
  return getMe(tx, actor);
}
