import { bodyUnfit, codeRefused, passwordWrong, signInRefused } from '../errors.ts';
import type { Asker, Reception } from './find-asker.ts';
import { isPasswordOf } from './keep-password.ts';
import type { Knock } from './knock.ts';
import { requireFitPassword } from './password-policy.ts';
import { listMemberships } from './store.ts';
import { tryPassword } from './tries/try-password.ts';

type User = NonNullable<Asker['user']>;

/**
 * What we ask before better-auth does.
 * @throws what stands in the way
 */
export async function beforeDoor(reception: Reception, knock: Knock): Promise<void> {
  const { door, body, asker } = knock;
  if (door.path === '/sign-in/email' && typeof body.email !== 'string') throw signInRefused({});
  if ('code' in body) body.code = plainCode(body.code);
  const user = asker?.user ?? null;
  if (user === null) return;
  if (door.path === '/change-password') await requireFit(reception, user, body.newPassword);
  if (door.asks !== undefined) await askPassword(reception, knock, user, body[door.asks]);
}

/** As a person types it: full-width figures, a space in the middle. */
function plainCode(typed: unknown): string {
  if (typeof typed !== 'string' || typed.length > 100) throw codeRefused({});
  return typed.normalize('NFKC').replace(/\s/g, '');
}

async function requireFit({ db }: Reception, user: User, password: unknown): Promise<void> {
  if (typeof password !== 'string') throw bodyUnfit({});
  const memberships = await db.transaction((tx) => listMemberships(tx, user.id));
  requireFitPassword(password, {
    email: user.email,
    names: memberships.map(({ memberName }) => memberName),
    companies: memberships.map(({ name }) => name),
  });
}

async function askPassword(
  { db }: Reception,
  { request }: Knock,
  user: User,
  password: unknown,
): Promise<void> {
  if (typeof password !== 'string') throw passwordWrong({});
  const isRight = await tryPassword(db, { email: user.email, address: request.ip }, async () => {
    const right = await db.transaction((tx) => isPasswordOf(tx, { userId: user.id, password }));
    return { judged: right ? 'right' : 'wrong', answer: right };
  });
  if (!isRight) throw passwordWrong({});
}
