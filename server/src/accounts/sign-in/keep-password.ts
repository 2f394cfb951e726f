import type { Tx } from '../../platform/index.ts';
import type { Actor } from '../actor.ts';
import { emailElsewhere, passwordWrong } from '../errors.ts';
import { deleteSessions } from './session/store.ts';
import { tellEnded } from './session/tell-ended.ts';
import { credentialsIn } from './sign-in.ts';
import { countElsewhere, findUser } from './store.ts';

interface Credential {
  /** Null: he has never had a password. */
  userId: string | null;
  name: string;
  email: string;
  password: string;
}

/**
 * Sets a password; makes the sign-in user at the first one, ends his other sessions at a later one.
 *
 * @returns the sign-in user
 * @throws emailElsewhere when the address signs in to another workspace too: one company must not set what
 *   opens the door of another
 */
export async function keepPassword(
  tx: Tx,
  actor: Pick<Actor, 'workspaceId'>,
  facts: Credential,
): Promise<string> {
  await refuseElsewhere(tx, actor, facts);
  const { accounts, hash } = await credentialsIn(tx);
  const password = await hash(facts.password);
  const userId = facts.userId ?? (await makeUser(tx, { ...facts, ...actor }));
  const ended = await deleteSessions(tx, { userId });
  await tellEnded(tx, ended, { address: '', userAgent: '', outcome: 'password_changed', endedBy: 'oneself' });
  if ((await accounts.findCredentialAccount(userId)) !== null) {
    await accounts.updatePassword(userId, password);
  } else {
    await accounts.linkAccount({ userId, accountId: userId, providerId: 'credential', password });
  }
  return userId;
}

/** @throws emailElsewhere when another workspace has somebody who signs in with this address */
export async function refuseElsewhere(
  tx: Tx,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  { userId, email }: Pick<Credential, 'userId' | 'email'>,
): Promise<void> {
  const isElsewhere =
    userId === null
      ? (await findUser(tx, { email })) !== null
      : (await countElsewhere(tx, userId, workspaceId)) > 0;
  if (isElsewhere) throw emailElsewhere({ email });
}

async function makeUser(
  tx: Tx,
  { workspaceId, name, email }: Credential & Pick<Actor, 'workspaceId'>,
): Promise<string> {
  const { accounts } = await credentialsIn(tx);
  const user = await accounts.createUser(
    { name, email, emailVerified: true, workspaceId },
    { method: 'email-password' },
  );
  return user.id;
}

/** Whether this is the password of a user; it is hashed in any case, so that the answer takes its time. */
export async function isPasswordOf(
  tx: Tx,
  { userId, password }: { userId: string; password: string },
): Promise<boolean> {
  const { accounts, hash, verify } = await credentialsIn(tx);
  const kept = (await accounts.findCredentialAccount(userId))?.password;
  if (kept) return verify({ hash: kept, password });
  await hash(password);
  return false;
}

/** @throws passwordWrong */
export async function requirePasswordOf(tx: Tx, facts: { userId: string; password: string }): Promise<void> {
  if (!(await isPasswordOf(tx, facts))) throw passwordWrong({});
}
