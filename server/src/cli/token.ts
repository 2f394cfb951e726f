import { findMemberByEmail, makeToken } from '../accounts/index.ts';
import { type Db, defineError } from '../platform/index.ts';

export const noSuchPerson = defineError<{ email: string }>(
  'cli.no_such_person',
  'not_found',
  'Nobody who can sign in has this mail address.',
);

export interface TokenOptions {
  email: string;
  /** What it is for. */
  name?: string;
  json?: boolean;
}

/** `madoguchi token`: a new API token of a member, the last word on standard output; only its hash is kept. */
export async function token(
  { email, name = 'madoguchi token', json }: TokenOptions,
  { db }: { db: Db },
): Promise<void> {
  const made = await db.transaction(async (tx) => {
    const found = await findMemberByEmail(tx, email);
    if (found === null || found.member.state !== 'active') throw noSuchPerson({ email });
    return makeToken(tx, found.house, { memberId: found.member.id, name });
  });
  process.stdout.write(json ? `${JSON.stringify({ email, token: made })}\n` : `${made}\n`);
}
