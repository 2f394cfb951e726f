import type { Page } from 'playwright-core';

/** The part of a person's device that keeps passkeys; a finger lies on it and agrees to everything. */
export interface Authenticator {
  /** Passkeys that lie on it, whatever the house still knows of them. */
  count(): Promise<number>;
  /** Removes them all, as a person does in the settings of his device. */
  clear(): Promise<void>;
  /** Whether the browser offers passkeys by itself on every page that it opens from now on. */
  offer(does: boolean): Promise<void>;
}

const NO_OFFER = 'PublicKeyCredential.isConditionalMediationAvailable = async () => false';

/**
 * Gives the device of a page's person a place for passkeys (CDP, domain WebAuthn). To begin with the browser
 * offers none by itself: with a finger that agrees at once, that would sign in wherever the form is opened.
 */
export async function addAuthenticator(page: Page): Promise<Authenticator> {
  const device = await page.context().newCDPSession(page);
  await device.send('WebAuthn.enable');
  const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal' },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
      automaticPresenceSimulation: true,
    },
  });
  await device.send('Page.enable');
  let script: string | null = null;
  const offer = async (does: boolean) => {
    if (script !== null)
      await device.send('Page.removeScriptToEvaluateOnNewDocument', { identifier: script });
    script = null;
    if (does) return;
    const added = await device.send('Page.addScriptToEvaluateOnNewDocument', { source: NO_OFFER });
    script = added.identifier;
  };
  await offer(false);
  return {
    offer,
    count: async () => {
      const { credentials } = await device.send('WebAuthn.getCredentials', { authenticatorId });
      return credentials.length;
    },
    clear: async () => void (await device.send('WebAuthn.clearCredentials', { authenticatorId })),
  };
}
