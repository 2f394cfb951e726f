import { getAuthenticatorName } from '@better-auth/passkey';

/** One address below /api/auth behind which better-auth, or we ourselves, answer. */
export interface Door {
  method: 'GET' | 'POST';
  path: string;
  /** better-auth's own method, where it is another. */
  as?: 'GET';
  /** Who may knock: whoever is not signed in yet, everybody, or who is signed in. */
  who: 'stranger' | 'anyone' | 'member';
  /** Fields of the body that are handed on; all others stay outside. */
  takes: readonly string[];
  /** What we say beside them. */
  says?: Record<string, unknown>;
  /** The field with the password that better-auth judges here; wrong ones are counted. */
  judges?: 'password' | 'currentPassword';
  /** The field with one's own password that we ask for although better-auth does not. */
  asks?: 'password';
  /** What the page is told of better-auth's answer; never the session's token. */
  tells: (answer: Record<string, unknown>) => object;
}

const nothing = () => ({});
const only =
  (...names: string[]) =>
  (answer: Record<string, unknown>) =>
    Object.fromEntries(names.flatMap((name) => (name in answer ? [[name, answer[name]]] : [])));

/** All of better-auth that is open to the world; the rest of its many addresses does not exist here. */
export const DOORS: readonly Door[] = [
  {
    method: 'POST',
    path: '/sign-in/email',
    who: 'stranger',
    takes: ['email', 'password'],
    judges: 'password',
    tells: only('twoFactorRedirect', 'twoFactorMethods'),
  },
  { method: 'POST', path: '/sign-out', who: 'anyone', takes: [], tells: nothing },
  {
    method: 'POST',
    path: '/change-password',
    who: 'member',
    takes: ['currentPassword', 'newPassword'],
    // Whoever sat at another device with the old one is out.
    says: { revokeOtherSessions: true },
    judges: 'currentPassword',
    tells: nothing,
  },
  {
    method: 'POST',
    path: '/two-factor/enable',
    who: 'member',
    takes: ['password'],
    says: { method: 'totp' },
    judges: 'password',
    tells: only('totpURI', 'backupCodes'),
  },
  { method: 'POST', path: '/two-factor/verify-totp', who: 'anyone', takes: ['code'], tells: nothing },
  {
    method: 'POST',
    path: '/two-factor/verify-backup-code',
    who: 'stranger',
    takes: ['code'],
    tells: nothing,
  },
  {
    method: 'POST',
    path: '/two-factor/generate-backup-codes',
    who: 'member',
    takes: ['password'],
    judges: 'password',
    tells: only('backupCodes'),
  },
  {
    method: 'POST',
    path: '/two-factor/disable',
    who: 'member',
    takes: ['password'],
    judges: 'password',
    tells: nothing,
  },
  {
    method: 'POST',
    path: '/passkey/generate-register-options',
    as: 'GET',
    who: 'member',
    takes: [],
    asks: 'password',
    tells: (options) => options,
  },
  {
    method: 'POST',
    path: '/passkey/verify-registration',
    who: 'member',
    takes: ['response', 'name'],
    tells: only('id', 'name'),
  },
  {
    method: 'GET',
    path: '/passkey/generate-authenticate-options',
    who: 'anyone',
    takes: [],
    // The finger or the PIN is asked for; sign-in.ts refuses an answer without it.
    tells: (options) => ({ ...options, userVerification: 'required' }),
  },
  {
    method: 'POST',
    path: '/passkey/verify-authentication',
    who: 'anyone',
    takes: ['response'],
    tells: nothing,
  },
  {
    method: 'GET',
    path: '/passkey/list-user-passkeys',
    who: 'member',
    takes: [],
    tells: (list) => ({ items: Object.values(list).map(passkeyToWire) }),
  },
  {
    method: 'POST',
    path: '/passkey/delete-passkey',
    who: 'member',
    takes: ['id'],
    asks: 'password',
    tells: nothing,
  },
];

function passkeyToWire(passkey: unknown): object {
  const { id, name, createdAt, aaguid } = Object(passkey);
  return { id, name: name ?? '', provider: getAuthenticatorName(aaguid) ?? '', createdAt };
}
