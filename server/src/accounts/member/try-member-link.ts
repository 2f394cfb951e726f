import { type Db, HouseError } from '../../platform/index.ts';
import { tryPassword } from '../sign-in/tries/try-password.ts';
import { readMemberLink, useMemberLink } from './member-link.ts';

/**
 * Uses a link; where it asks for the password that its reader has already, wrong ones are counted as at
 * sign-in, in transactions of their own.
 *
 * @param address where the request comes from
 * @throws linkEnded, passwordWrong, tooManySignIns, and what setMemberPassword throws
 */
export async function tryMemberLink(
  db: Db,
  { address, ...facts }: { token: string; password: string; address: string },
): Promise<{ email: string }> {
  const use = () => db.transaction((tx) => useMemberLink(tx, facts));
  const { joins, email } = await db.transaction((tx) => readMemberLink(tx, facts));
  if (!joins) return use();
  const answer = await tryPassword(db, { email, address }, async () => {
    const used = await use().catch((error: unknown) => {
      if (isWrongPassword(error)) return error;
      throw error;
    });
    return { judged: used instanceof HouseError ? 'wrong' : 'right', answer: used };
  });
  if (answer instanceof HouseError) throw answer;
  return answer;
}

const isWrongPassword = (error: unknown): error is HouseError =>
  error instanceof HouseError && error.code === 'accounts.password_wrong';
