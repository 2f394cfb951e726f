import type { MemberId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { type Actor, hasAllOf, requirePermission } from '../actor.ts';
import { memberNotFound, notByToken, notMoreThanOwn, notOneself } from '../errors.ts';
import { loadActor } from '../load-actor.ts';
import { isByToken } from '../sign-in/sign-in-id.ts';

/**
 * Lets somebody see the page as another person would. Who does so is written down.
 *
 * @throws notByToken, notOneself
 * @throws memberNotFound when that person is not active here
 * @throws notMoreThanOwn when he may do something that the asker may not
 */
export async function startPreview(
  tx: Tx,
  actor: Actor,
  { memberId }: { memberId: MemberId },
): Promise<void> {
  requirePermission(actor, 'people.preview');
  if (isByToken(actor)) throw notByToken({});
  if (memberId === actor.memberId) throw notOneself({});
  const target = await loadActor(tx, actor.workspaceId, memberId);
  if (target === null) throw memberNotFound({});
  if (!hasAllOf(actor, target.permissions)) throw notMoreThanOwn({});
  await appendEvent(tx, actor, { kind: 'preview_started', facts: { memberId } });
}
