import { startAuthentication } from '@simplewebauthn/browser';
import { knock, look } from './auth-door.ts';

/** `code`: the password was right, and the second factor is asked for. */
export type SignInStep = 'inside' | 'code';

/** Opens a session by password. @throws RefusedError (401 when they do not fit, 429), UnreachedError */
export async function signIn(email: string, password: string): Promise<SignInStep> {
  const answer = (await knock('/sign-in/email', { email, password })) as { twoFactorRedirect?: boolean };
  return answer.twoFactorRedirect === true ? 'code' : 'inside';
}

/** The second step: six digits from the app, or one of the codes kept for the day it is lost. */
export const signInByCode = (code: string) => knock('/two-factor/verify-totp', { code });
export const signInByRecoveryCode = (code: string) => knock('/two-factor/verify-backup-code', { code });

type AuthenticationOptions = Parameters<typeof startAuthentication>[0]['optionsJSON'];

/**
 * Opens a session by a passkey of this device.
 *
 * @param autofill offers it among what the browser fills in by itself, and waits until it is chosen
 * @throws WebAuthnError when the person closes the browser's question, RefusedError, UnreachedError
 */
export async function signInByPasskey(autofill = false): Promise<void> {
  // The browser's own shape, which the server makes by the same library.
  const optionsJSON = (await look('/passkey/generate-authenticate-options')) as AuthenticationOptions;
  const { clientExtensionResults: _, ...response } = await startAuthentication({
    optionsJSON,
    useBrowserAutofill: autofill,
  });
  await knock('/passkey/verify-authentication', { response });
}

/** Ends the session and everything kept in the page with it. */
export async function signOut(): Promise<void> {
  // Whatever the server answers, the page must not go on as this person.
  await knock('/sign-out').catch(() => undefined);
  location.assign('/sign-in');
}
