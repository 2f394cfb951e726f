/** Names of unsent words that this device keeps until the server has them: prefix, author, place. */
export const KEPT_WORDS = 'madoguchi.draft.';

/** Takes all unsent words off this device; a reply's words quote the letter that it answers. */
export function forgetKeptWords(): void {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(KEPT_WORDS));
  for (const name of names) localStorage.removeItem(name);
}
