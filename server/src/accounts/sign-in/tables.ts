import type { Tx } from '../../platform/index.ts';

/** What we read and end of better-auth's tables ourselves; everything else it does alone. */
type SignInTables = {
  'sign_in.user': { id: string; email: string; workspaceId: string | null };
  'sign_in.session': { id: string; userId: string; workspaceId: string | null; expiresAt: Date };
};

/** The same transaction, which then also knows the sign-in tables. */
export function signInTables(tx: Tx) {
  return tx.withTables<SignInTables>();
}
