import type { Tx } from '../../platform/index.ts';
import type { Actor } from '../actor.ts';
import { emailElsewhere } from '../errors.ts';
import { credentialsIn } from './sign-in.ts';
import { endSessions, findHomeWorkspace } from './store.ts';

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
 * @throws emailElsewhere when the address already signs in to another workspace: a link of ours must not
 *   open a door of theirs
 */
export async function keepPassword(
  tx: Tx,
  actor: Pick<Actor, 'workspaceId'>,
  facts: Credential,
): Promise<string> {
  const { accounts, hash } = await credentialsIn(tx);
  const password = await hash(facts.password);
  const userId = facts.userId ?? (await makeUser(tx, accounts, { ...facts, ...actor }));
  await endSessions(tx, { workspaceId: actor.workspaceId, userId });
  if ((await accounts.findCredentialAccount(userId)) !== null) {
    await accounts.updatePassword(userId, password);
  } else {
    await accounts.linkAccount({ userId, accountId: userId, providerId: 'credential', password });
  }
  return userId;
}

async function makeUser(
  tx: Tx,
  accounts: Awaited<ReturnType<typeof credentialsIn>>['accounts'],
  { workspaceId, name, email }: Credential & Pick<Actor, 'workspaceId'>,
): Promise<string> {
  const existing = await accounts.findUserByEmail(email);
  if (existing !== null) {
    const home = await findHomeWorkspace(tx, existing.user.id);
    if (home !== workspaceId) throw emailElsewhere({ email });
    return existing.user.id;
  }
  const user = await accounts.createUser(
    { name, email, emailVerified: true, workspaceId },
    { method: 'email-password' },
  );
  return user.id;
}
