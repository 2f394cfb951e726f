import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  WebAuthnError,
} from '@simplewebauthn/browser';

const NUMBERED = /^\[|^\d+(\.\d+){3}$/;

/** True where a passkey can be used: a safe page, opened by a name; an address of numbers has none. */
export const passkeysWork = (): boolean => browserSupportsWebAuthn() && !NUMBERED.test(location.hostname);

/** True where the browser offers passkeys among what it fills in. */
export const passkeysFillIn = async (): Promise<boolean> =>
  passkeysWork() && (await browserSupportsWebAuthnAutofill());

const CLOSED: readonly string[] = ['NotAllowedError', 'AbortError'];

/** The person closed the browser's question, or another question took its place: nothing went wrong. */
export const wasClosed = (fault: unknown): boolean =>
  fault instanceof Error &&
  (CLOSED.includes(fault.name) ||
    (fault instanceof WebAuthnError && fault.code === 'ERROR_CEREMONY_ABORTED'));

/** This device holds a passkey of this person already. */
export const isKnownHere = (fault: unknown): boolean =>
  fault instanceof WebAuthnError && fault.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED';
