import type { SignInOutcome, SignInWay } from '@madoguchi/contract';
import { HouseError } from '../../platform/index.ts';
import { recordSignIn } from '../history/record-sign-in.ts';
import { cleanAddress } from '../member/address.ts';
import type { Reception } from './find-asker.ts';
import type { Knock } from './knock.ts';
import { findUser, findWaiting, listPersons } from './store.ts';

const WAYS: Record<string, SignInWay> = {
  '/sign-in/email': 'password',
  '/two-factor/verify-totp': 'totp',
  '/two-factor/verify-backup-code': 'recovery_code',
};
const OUTCOMES: Record<string, SignInOutcome> = {
  'accounts.sign_in_refused': 'wrong_password',
  'accounts.passkey_needed': 'second_factor_asked',
  'accounts.code_refused': 'wrong_second_factor',
  'accounts.too_many_sign_ins': 'slowed_down',
  'accounts.network_refused': 'network_refused',
};

/** Whose sign-in it is, before better-auth takes his place away; null when nobody of ours, or no sign-in. */
export async function findPlace({ db, config }: Reception, knock: Knock): Promise<string | null> {
  const { door, body, asker, request } = knock;
  if (WAYS[door.path] === undefined || asker !== null) return null;
  return db.transaction(async (tx) => {
    if (door.path === '/sign-in/email') {
      return (await findUser(tx, { email: cleanAddress(String(body.email)) }))?.id ?? null;
    }
    const mark = markIn(request.headers.cookie ?? '', config.port);
    return mark === null ? null : findWaiting(tx, mark);
  });
}

/** better-auth's cookie between password and code: a mark by chance, a dot, its signature. */
function markIn(cookies: string, port: number): string | null {
  const found = new RegExp(`(?:^|; *)(?:__Secure-)?madoguchi-${port}\\.two_factor=([^;]+)`).exec(
    cookies,
  )?.[1];
  return found === undefined ? null : (decodeURIComponent(found).split('.')[0] ?? null);
}

/** Writes a try that was refused into the login history of whom it named, in each of his workspaces. */
export async function recordRefusal(
  { db }: Reception,
  { door, request }: Knock,
  userId: string | null,
  refusal: unknown,
): Promise<void> {
  const way = WAYS[door.path];
  const outcome = refusal instanceof HouseError ? OUTCOMES[refusal.code] : undefined;
  if (userId === null || way === undefined || outcome === undefined) return;
  const peer = { address: request.ip, userAgent: request.headers['user-agent'] ?? '' };
  await db.transaction(async (tx) => {
    for (const { isActive, ...person } of await listPersons(tx, userId)) {
      await recordSignIn(tx, person, { ...peer, way, outcome: isActive ? outcome : 'not_active' });
    }
  });
}
