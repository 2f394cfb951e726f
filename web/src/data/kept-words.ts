/** Names of unsent words that this device keeps until the server has them: prefix, author, place. */
export const KEPT_WORDS = 'madoguchi.draft.';

/** What was typed into a form that waits for 保存する, while somebody signs in again over the emptied page. */
const typedHere = new Map<string, unknown>();

export const keepTyped = (name: string, typed: unknown): void => void typedHere.set(name, typed);
export const readTyped = (name: string): unknown => typedHere.get(name);
export const forgetTyped = (name: string): void => void typedHere.delete(name);

/** Takes all unsent words off this device; a reply's words quote the letter that it answers. */
export function forgetKeptWords(): void {
  typedHere.clear();
  const names = Object.keys(localStorage).filter((name) => name.startsWith(KEPT_WORDS));
  for (const name of names) localStorage.removeItem(name);
}
