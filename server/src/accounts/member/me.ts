import type { Me } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import type { MemberActor } from '../actor.ts';
import { memberNotFound } from '../errors.ts';
import { countUnusual } from '../history/store.ts';
import { secondFactorOf } from '../sign-in/second-factor.ts';
import { findUser, listMemberships } from '../sign-in/store.ts';
import { findRights } from '../store.ts';
import { publicMember, type StoredMember } from './member.ts';
import { findMember, findWorkspace, updateMember } from './store.ts';

/** Who asks, and what he may do. */
export async function getMe(tx: Tx, actor: MemberActor): Promise<Me> {
  const member = await findMember(tx, actor.workspaceId, actor);
  if (member === null) throw memberNotFound({});
  const workspace = await findWorkspace(tx, actor.workspaceId);
  const isPreview = actor.previewedBy !== null;
  return {
    member: publicMember(member),
    workspace,
    workspaces: isPreview ? [workspace] : await listOwn(tx, member, workspace),
    permissions: [...actor.permissions],
    scope: actor.scope,
    mailboxIds: [...actor.mailboxes.keys()],
    managedMailboxIds: [...actor.mailboxes].flatMap(([id, level]) => (level === 'manage' ? [id] : [])),
    teamIds: [...actor.teamIds],
    signature: member.signature,
    language: member.language,
    timeZone: member.timeZone,
    secondFactor: isPreview ? 'none' : await readOwnFactor(tx, actor, member),
    unusualSignIns: isPreview ? 0 : await countUnusual(tx, actor.workspaceId, actor.memberId),
    preview: isPreview ? { memberId: member.id, name: member.name } : null,
  };
}

type Workspace = Me['workspace'];

/** All that he may enter; who came with a token and never had a password knows of this one alone. */
async function listOwn(tx: Tx, { userId }: StoredMember, here: Workspace): Promise<Workspace[]> {
  if (userId === null) return [here];
  return (await listMemberships(tx, userId)).map(({ id, name, demo }) => ({ id, name, demo }));
}

async function readOwnFactor(
  tx: Tx,
  actor: MemberActor,
  { userId }: StoredMember,
): Promise<Me['secondFactor']> {
  const rights = await findRights(tx, actor.workspaceId, actor);
  const user = userId === null ? null : await findUser(tx, { userId });
  const has = user !== null && (user.hasTotp || user.hasPasskey);
  return secondFactorOf({ needed: rights?.needsSecondFactor === true, has });
}

/** Changes one's own name, signature, language and time zone. */
export async function saveMe(
  tx: Tx,
  actor: MemberActor,
  own: Pick<Me, 'signature' | 'language' | 'timeZone'> & { name: string },
): Promise<Me> {
  await updateMember(tx, actor.workspaceId, actor.memberId, own);
  await appendEvent(tx, actor, { kind: 'member_changed', facts: { memberId: actor.memberId, what: 'own' } });
  return getMe(tx, actor);
}
