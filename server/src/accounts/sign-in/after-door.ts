import { appendEvent, type Tx } from '../../platform/index.ts';
import type { Reception } from './find-asker.ts';
import type { Knock } from './knock.ts';
import { updateSession } from './session/store.ts';
import { tellEnded } from './session/tell-ended.ts';
import { listPersons } from './store.ts';

/** What we do once better-auth has done its part: a session got stronger, or there are fewer of them. */
export async function afterDoor({ db }: Reception, { door, asker, request }: Knock): Promise<void> {
  const user = asker?.user ?? null;
  if (asker === null || user === null) return;
  const { workspaceId } = asker.actor;
  if (door.path === '/passkey/verify-registration') {
    await db.transaction((tx) => updateSession(tx, user.sessionId, { way: 'passkey' }));
  }
  if (door.path === '/change-password') await db.transaction((tx) => tellOthersEnded(tx, user.id));
  if (door.path === '/sign-out') {
    const peer = { address: request.ip, userAgent: request.headers['user-agent'] ?? '' };
    const session = { id: user.sessionId, userId: user.id, workspaceId, way: asker.way };
    await db.transaction((tx) => tellEnded(tx, [session], { ...peer, outcome: 'signed_out', endedBy: null }));
  }
}

/** better-auth has ended them all; each window asks anew who it is. */
async function tellOthersEnded(tx: Tx, userId: string): Promise<void> {
  for (const { isActive: _, ...person } of await listPersons(tx, userId)) {
    const { memberId } = person;
    await appendEvent(tx, person, { kind: 'sign_ins_ended', facts: { memberId }, silent: true });
  }
}
