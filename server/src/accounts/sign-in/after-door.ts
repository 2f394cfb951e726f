import type { Tx } from '../../platform/index.ts';
import type { Peer } from '../history/record-sign-in.ts';
import { type Asker, peerOf, type Reception } from './find-asker.ts';
import type { Knock } from './knock.ts';
import { type EndedSession, findOthers, updateSession } from './session/store.ts';
import { recordEnded, tellEnded, tellPersons } from './session/tell-ended.ts';
import { findUser } from './store.ts';

type User = NonNullable<Asker['user']>;

/** What is about to change behind a door, as it was before. */
export interface Before {
  hasTotp: boolean;
  /** His sessions elsewhere. */
  others: EndedSession[];
}

/** Doors behind which somebody who is signed in changes how he signs in. */
const CHANGES: ReadonlySet<string> = new Set([
  '/change-password',
  '/two-factor/verify-totp',
  '/two-factor/disable',
]);

/** Null where nothing of it can change. */
export async function lookBefore({ db }: Reception, { door, asker }: Knock): Promise<Before | null> {
  const user = asker?.user ?? null;
  if (user === null || !CHANGES.has(door.path)) return null;
  return db.transaction(async (tx) => ({
    hasTotp: await hasTotp(tx, user),
    others: await findOthers(tx, { userId: user.id, except: user.sessionId }),
  }));
}

const hasTotp = async (tx: Tx, { id }: User): Promise<boolean> =>
  (await findUser(tx, { userId: id }))?.hasTotp === true;

/** What we do once better-auth has done its part: a session got stronger, or there are fewer of them. */
export async function afterDoor({ db }: Reception, knock: Knock, before: Before | null): Promise<void> {
  const { asker, request } = knock;
  const user = asker?.user ?? null;
  if (asker === null || user === null) return;
  const peer = peerOf(request);
  await db.transaction(async (tx) => {
    await tellFactor(tx, knock, user, before);
    switch (knock.door.path) {
      case '/passkey/verify-registration':
        return updateSession(tx, user.sessionId, { way: 'passkey' });
      case '/change-password':
        return tellNewPassword(tx, user, { others: before?.others ?? [], peer });
      case '/sign-out':
        return tellSignedOut(tx, asker, user, peer);
    }
  });
}

/** better-auth has ended the others; each window asks anew who it is. */
async function tellNewPassword(
  tx: Tx,
  user: User,
  { others, peer }: { others: EndedSession[]; peer: Peer },
): Promise<void> {
  await recordEnded(tx, others, { ...peer, outcome: 'password_changed', endedBy: 'oneself' });
  await tellPersons(tx, user.id, ({ memberId }) => ({
    kind: 'sign_ins_ended',
    facts: { memberId },
    silent: true,
  }));
}

async function tellSignedOut(tx: Tx, asker: Asker, user: User, peer: Peer): Promise<void> {
  const { workspaceId } = asker.actor;
  const session = { id: user.sessionId, userId: user.id, workspaceId, way: asker.way };
  await tellEnded(tx, [session], { ...peer, outcome: 'signed_out', endedBy: null });
}

const FACTORS: Record<string, string> = {
  '/passkey/verify-registration': 'passkey_added',
  '/passkey/delete-passkey': 'passkey_removed',
  '/two-factor/generate-backup-codes': 'recovery_codes_made',
};

/** A second factor that came or went: what one signs in with counts in each of one's workspaces. */
async function tellFactor(tx: Tx, { door }: Knock, user: User, before: Before | null): Promise<void> {
  const what = FACTORS[door.path] ?? (before === null ? null : await totpChange(tx, user, before));
  if (what === null) return;
  await tellPersons(tx, user.id, ({ memberId }) => ({
    kind: 'second_factor_changed',
    facts: { memberId, what },
  }));
}

async function totpChange(tx: Tx, user: User, before: Before): Promise<string | null> {
  const now = await hasTotp(tx, user);
  if (now === before.hasTotp) return null;
  return now ? 'totp_on' : 'totp_off';
}
