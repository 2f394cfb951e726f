import { startRegistration } from '@simplewebauthn/browser';
import { knock, look } from './auth-door.ts';

/** What an authenticator app needs, and the codes for the day it is lost; told once. */
export interface TotpBeginning {
  totpURI: string;
  backupCodes: string[];
}

export interface TotpState {
  totp: boolean;
  backupCodesLeft: number;
}

export interface Passkey {
  id: string;
  name: string | null;
  /** Who keeps it, such as Windows Hello; empty when it did not say. */
  provider: string;
  createdAt: string | null;
}

/** All other sessions of this person end with the old password. */
export const changePassword = (currentPassword: string, newPassword: string) =>
  knock('/change-password', { currentPassword, newPassword });

export const readTotpState = async () => (await look('/two-factor/state')) as TotpState;
/** Begins; nothing is asked for at sign-in before a first code has been confirmed. */
export const beginTotp = async (password: string) =>
  (await knock('/two-factor/enable', { password })) as TotpBeginning;
export const confirmTotp = (code: string) => knock('/two-factor/verify-totp', { code });
export const endTotp = (password: string) => knock('/two-factor/disable', { password });
/** New recovery codes; the earlier ones end. */
export const renewRecoveryCodes = async (password: string): Promise<string[]> => {
  const answer = await knock('/two-factor/generate-backup-codes', { password });
  return (answer as Pick<TotpBeginning, 'backupCodes'>).backupCodes;
};

export const listPasskeys = async () =>
  ((await look('/passkey/list-user-passkeys')) as { items: Passkey[] }).items;
export const deletePasskey = (id: string, password: string) =>
  knock('/passkey/delete-passkey', { id, password });

type RegistrationOptions = Parameters<typeof startRegistration>[0]['optionsJSON'];

/** Makes a passkey on this device. @throws WebAuthnError when the person closes the browser's question, RefusedError */
export async function addPasskey(name: string, password: string): Promise<void> {
  // The browser's own shape, which the server makes by the same library.
  const optionsJSON = (await knock('/passkey/generate-register-options', {
    password,
  })) as RegistrationOptions;
  const { clientExtensionResults: _, ...response } = await startRegistration({ optionsJSON });
  await knock('/passkey/verify-registration', { response, name });
}

/** The key inside an otpauth: address, in groups of four, as one types it into an app. */
export const keyOf = (totpURI: string): string =>
  (new URL(totpURI).searchParams.get('secret') ?? '').replace(/(.{4})(?=.)/g, '$1 ');
