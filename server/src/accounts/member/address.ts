/** Two labels at least and no dots side by side: what better-auth takes at sign-in. */
const SIGN_IN_ADDRESS = /^(?!\.)(?!.*\.\.)[a-z0-9_'+\-.]*[a-z0-9_+-]@(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/;
const ADDRESS = /^[^\s@<>"(),;:\\[\]]+@[^\s@<>"(),;:\\[\]]+$/;

/** A typed address as it is kept: full-width letters made narrow, lower case, no space around it. */
export function cleanAddress(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/** Whether a person can sign in with it; `address` is clean. */
export function isSignInAddress(address: string): boolean {
  return SIGN_IN_ADDRESS.test(address);
}

/** Whether letters can be sent to it. Wider: some carriers gave out addresses with two dots side by side. */
export function isAddress(address: string): boolean {
  return ADDRESS.test(address);
}
