import type { SignInWay, WorkspaceId } from '@madoguchi/contract';
import { APIError } from 'better-auth/api';
import { type Db, databaseNow, networkOf, type Tx } from '../../platform/index.ts';
import { plainAddress } from '../../platform/net/index.ts';
import { recordSignIn } from '../history/record-sign-in.ts';
import { mayComeFrom } from '../security/networks.ts';
import { findRights } from '../store.ts';
import { PEER_HEADER } from './peer-header.ts';
import { judgeSession } from './second-factor.ts';
import {
  findUser,
  listMemberships,
  listPersons,
  type Membership,
  noteNetwork,
  type SignInUser,
  useCode,
} from './store.ts';

/** What better-auth is about to keep, as far as it concerns us. */
interface NewSession {
  userId: string;
  /** Set when it takes the place of a session that stands. */
  workspaceId?: unknown;
}

/** The request that brings the session about. */
interface Occasion {
  path?: string | undefined;
  body?: unknown;
  headers?: Headers | undefined;
  context?: { session?: { session: Record<string, unknown> } | null };
}

const WAYS: Record<string, SignInWay> = {
  '/sign-in/email': 'password',
  '/two-factor/verify-totp': 'totp',
  '/two-factor/verify-backup-code': 'recovery_code',
  '/passkey/verify-authentication': 'passkey',
};

/**
 * Gives a new session its workspace and its way. Who is not active anywhere gets the answer of a wrong
 * password. Between password and code a session is born over: better-auth takes it away at once, and it
 * opened nothing meanwhile.
 */
export async function beginSession(db: Db, session: NewSession, occasion: Occasion | null) {
  const address = addressOf(occasion);
  return db.transaction(async (tx) => {
    const user = await findUser(tx, { userId: session.userId });
    if (user === null) throw new APIError('UNAUTHORIZED');
    const { workspaceId, needsSecondFactor: needed } = await chooseWorkspace(tx, user, session, address);
    const way = wayOf(occasion);
    const facts = { workspaceId, way, ipAddress: address, lastActiveAt: await databaseNow(tx) };
    if (isBetween(user, occasion)) return { data: { ...facts, expiresAt: new Date(0) } };
    const has = user.hasTotp || user.hasPasskey;
    if (judgeSession({ needed, has, way }) === 'over') {
      throw new APIError('UNAUTHORIZED', { code: 'PASSKEY_NEEDED' });
    }
    if (occasion?.path === '/two-factor/verify-totp') await requireFresh(tx, user.id, occasion);
    await noteNetwork(tx, user.id, networkOf(address));
    return { data: facts };
  });
}

/**
 * Writes a sign-in into the login history of the workspace that it led to; one that still waits for the code
 * into that of each.
 */
export async function recordSession(
  db: Db,
  session: { id: string; userId: string; workspaceId?: unknown },
  occasion: Occasion | null,
): Promise<void> {
  // It took the place of one that stood.
  if (occasion?.context?.session) return;
  const { userId } = session;
  const workspaceId = session.workspaceId as WorkspaceId; // beginSession gave it.
  const way = wayOf(occasion);
  const peer = { address: addressOf(occasion), userAgent: occasion?.headers?.get('user-agent') ?? '' };
  await db.transaction(async (tx) => {
    const user = await findUser(tx, { userId });
    const persons = (await listPersons(tx, userId)).filter(({ isActive }) => isActive);
    if (user !== null && isBetween(user, occasion)) {
      for (const person of persons)
        await recordSignIn(tx, person, { ...peer, way, outcome: 'second_factor_asked' });
      return;
    }
    const here = persons.find((person) => person.workspaceId === workspaceId);
    const fact = { ...peer, way, outcome: 'signed_in', sessionId: session.id } as const;
    if (here !== undefined) await recordSignIn(tx, here, fact);
  });
}

/** After the password and before the code. */
const isBetween = ({ hasTotp }: SignInUser, occasion: Occasion | null) =>
  hasTotp && occasion?.path === '/sign-in/email';

const addressOf = (occasion: Occasion | null) =>
  plainAddress(occasion?.headers?.get(PEER_HEADER) ?? '') ?? '';

/** A session that takes another's place (a new password, codes switched off) keeps its way. */
function wayOf(occasion: Occasion | null): SignInWay {
  const own = WAYS[occasion?.path ?? ''];
  if (own !== undefined) return own;
  const before = occasion?.context?.session?.session.way;
  return Object.values(WAYS).find((way) => way === before) ?? 'password';
}

/**
 * The workspace he used last, or the first that he may enter from where he is.
 * @throws APIError like a wrong password when he is active nowhere; NETWORK_REFUSED when he may come from here to none
 */
async function chooseWorkspace(
  tx: Tx,
  user: SignInUser,
  { workspaceId }: NewSession,
  address: string,
): Promise<{ workspaceId: WorkspaceId; needsSecondFactor: boolean }> {
  const rank = ({ id }: Membership) => (id === workspaceId ? 0 : id === user.workspaceId ? 1 : 2);
  const memberships = (await listMemberships(tx, user.id)).sort((one, other) => rank(one) - rank(other));
  for (const { id } of memberships) {
    const rights = await findRights(tx, id, { userId: user.id });
    if (rights !== null && mayComeFrom(address, ...rights.networks)) return { workspaceId: id, ...rights };
  }
  throw new APIError('UNAUTHORIZED', memberships.length > 0 ? { code: 'NETWORK_REFUSED' } : {});
}

async function requireFresh(tx: Tx, userId: string, occasion: Occasion): Promise<void> {
  const code = String(Object(occasion.body).code);
  if (!(await useCode(tx, userId, code))) throw new APIError('UNAUTHORIZED', { code: 'INVALID_CODE' });
}
