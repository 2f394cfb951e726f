import type { SignInWay } from '@madoguchi/contract';
import type { Generated } from 'kysely';
import type { Reading, Tx } from '../../platform/index.ts';

/**
 * What we read, change and end of better-auth's tables ourselves (everything else it does alone), and those
 * of ours that stand beside them.
 */
interface SignInTables {
  'sign_in.user': { id: string; email: string; workspaceId: string | null; twoFactorEnabled: boolean | null };
  'sign_in.account': { userId: string; providerId: string; password: string | null };
  'sign_in.session': {
    id: string;
    token: string;
    userId: string;
    workspaceId: string | null;
    way: SignInWay | null;
    createdAt: Date;
    expiresAt: Date;
    lastActiveAt: Date | null;
    ipAddress: string | null;
    userAgent: string | null;
  };
  'sign_in.passkey': { id: string; userId: string };
  'sign_in.twoFactor': { userId: string; backupCodes: string; verified: boolean | null };
  'sign_in.verification': { identifier: string; value: string };
  'sign_in.password_try': {
    id: Generated<string>;
    account: Buffer;
    network: string;
    at: Generated<Date>;
  };
  'sign_in.known_network': { user_id: string; network: string; seen_at: Generated<Date> };
  'sign_in.left_session': { token_hash: Buffer; left_at: Generated<Date> };
  'sign_in.used_code': { user_id: string; code: string; at: Generated<Date> };
}

/** The same transaction, or what only reads, which then also knows the sign-in tables. */
export function signInTables(tx: Tx | Reading) {
  return tx.withTables<{ [Table in keyof SignInTables]: SignInTables[Table] }>();
}
