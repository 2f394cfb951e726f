import type { MemberId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { hasAllOf, type MemberActor, requirePermission } from '../actor.ts';
import { memberNotFound, notByToken, notMoreThanOwn, notOneself } from '../errors.ts';
import { loadActor } from '../load-actor.ts';
import { isByToken, readSignInId } from '../sign-in/sign-in-id.ts';
import { endPreview } from './end-preview.ts';
import { insertPreview } from './store.ts';

/**
 * Lets somebody see the page as another person would. Who does so is written down; what his session looked as
 * until now ends.
 *
 * @param facts.until the end of its hour
 * @throws notByToken, notOneself
 * @throws memberNotFound when that person is not active here
 * @throws notMoreThanOwn when he may do something that the asker may not
 */
export async function startPreview(
  tx: Tx,
  actor: MemberActor,
  { memberId, until }: { memberId: MemberId; until: Date },
): Promise<void> {
  requirePermission(actor, 'people.preview');
  const { sessionOrTokenId } = actor;
  if (sessionOrTokenId === null || isByToken(actor)) throw notByToken({});
  if (memberId === actor.memberId) throw notOneself({});
  const target = await loadActor(tx, actor.workspaceId, memberId);
  if (target === null) throw memberNotFound({});
  if (!hasAllOf(actor, target.permissions)) throw notMoreThanOwn({});
  await endPreview(tx, actor);
  await insertPreview(tx, actor.workspaceId, {
    sessionId: readSignInId(sessionOrTokenId).id,
    memberId: actor.memberId,
    targetId: memberId,
    until,
  });
  await appendEvent(tx, actor, { kind: 'preview_started', facts: { memberId } });
}
