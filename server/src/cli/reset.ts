import { resetSignIn } from '../accounts/index.ts';
import type { Db } from '../platform/index.ts';
import { readPassword } from './setup.ts';
import { noSuchPerson } from './token.ts';

export interface ResetOptions {
  email: string;
  passwordFile: string;
  json?: boolean;
}

/**
 * `madoguchi reset`: a new password for somebody whom no administrator can help: he lost his second factor, or
 * signs in to several workspaces. He sets up his second factor anew.
 */
export async function reset({ email, passwordFile, json }: ResetOptions, { db }: { db: Db }): Promise<void> {
  const password = await readPassword(passwordFile);
  const isDone = await db.transaction((tx) => resetSignIn(tx, { email, password }));
  if (!isDone) throw noSuchPerson({ email });
  process.stdout.write(
    json
      ? `${JSON.stringify({ email })}\n`
      : `${email} signs in with the new password; earlier sessions and second factors have ended.\n`,
  );
}
