import { enterWorkspaceRoute, getMeRoute, type Me } from '@madoguchi/contract';
import type { QueryClient } from '@tanstack/react-query';
import { call } from '../data/client.ts';
import { ensureGround } from '../data/queries.ts';
import { type Sitter, session } from '../data/session.ts';

const askMe = () => call(getMeRoute, {}, { onSignedOut: 'throw' });

/**
 * After signing in over the emptied page: takes it up where it was for the same person, and begins with an
 * empty one for another.
 *
 * @throws RefusedError when nobody has signed in
 */
export async function takeUp(queries: QueryClient): Promise<void> {
  const before = session.sitter();
  const me = await backIn(before, await askMe());
  if (before === null || me.member.id !== before.memberId) return location.assign('/');
  queries.clear();
  await ensureGround(queries);
  session.resume();
}

/** A new session begins in the person's first workspace; he sat in another. */
async function backIn(before: Sitter | null, me: Me): Promise<Me> {
  const there = me.workspaces.find((each) => each.id === before?.workspaceId);
  const isSame = before !== null && me.member.email === before.email;
  if (there === undefined || there.id === me.workspace.id || !isSame) return me;
  await call(enterWorkspaceRoute, { body: { workspaceId: there.id } }, { onSignedOut: 'throw' });
  return askMe();
}
