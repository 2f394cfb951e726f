import type { WorkspaceId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../../platform/index.ts';
import type { MemberActor } from '../../actor.ts';
import { networkRefused, notAllowed, notByToken, passkeyNeeded } from '../../errors.ts';
import { mayComeFrom } from '../../security/networks.ts';
import { findRights } from '../../store.ts';
import { judgeSession } from '../second-factor.ts';
import { isByToken, readSignInId } from '../sign-in-id.ts';
import { saveLastWorkspace } from '../store.ts';
import { findStanding, updateSession } from './store.ts';

/**
 * Takes this session to another of one's workspaces, which is also where the next sign-in goes.
 *
 * @param address where the request comes from
 * @throws notByToken; notAllowed where one is not active; networkRefused
 * @throws passkeyNeeded when one's role there asks for a second factor that one has and this session came without
 */
export async function enterWorkspace(
  tx: Tx,
  actor: MemberActor,
  { workspaceId, address }: { workspaceId: WorkspaceId; address: string },
): Promise<void> {
  if (actor.sessionOrTokenId === null || isByToken(actor)) throw notByToken({});
  const session = await findStanding(tx, readSignInId(actor.sessionOrTokenId).id);
  if (session === null || session.workspaceId === workspaceId) return;
  const { userId, way, hasSecondFactor: has } = session;
  const rights = await findRights(tx, workspaceId, { userId });
  if (rights === null) throw notAllowed({});
  if (!mayComeFrom(address, ...rights.networks)) throw networkRefused({});
  if (judgeSession({ needed: rights.needsSecondFactor, has, way }) === 'over') throw passkeyNeeded({});
  await updateSession(tx, session.id, { workspaceId });
  await saveLastWorkspace(tx, userId, workspaceId);
  // The windows that are still open here belong to a session that has gone.
  const { memberId } = actor;
  await appendEvent(tx, actor, { kind: 'sign_ins_ended', facts: { memberId }, silent: true });
}
