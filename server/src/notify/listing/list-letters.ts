import { type Actor, notAllowed } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';
import { findNewestLetters, type ShownLetter } from './store.ts';

/**
 * What became of the newest letters to each person, for who can do something about one that did not arrive.
 *
 * @throws notAllowed unless the actor invites people or makes their links
 */
export async function listLetters(tx: Tx, actor: Actor): Promise<ShownLetter[]> {
  const may = actor.permissions.has('people.add') || actor.permissions.has('people.reset');
  if (!may) throw notAllowed({});
  const letters = await findNewestLetters(tx, actor.workspaceId);
  if (actor.permissions.has('people.see_addresses')) return letters;
  // A far server names the address that it refuses.
  return letters.map((letter) => ({ ...letter, reply: '' }));
}
