import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { watchActivity } from '../data/activity.ts';
import { keys } from '../data/keys.ts';
import { useMe } from '../data/queries.ts';
import { session } from '../data/session.ts';
import { hearWindows } from '../data/windows.ts';
import { Emptied } from './emptied.tsx';
import { SecondFactorPage } from './second-factor-page.tsx';

/** What a signed-in person sees; nothing of it once the sign-in holds no more. */
export function Inside({ children }: { children: ReactNode }) {
  const end = useSyncExternalStore(session.subscribe, session.end);
  return end === null ? <Signed>{children}</Signed> : <Emptied end={end} />;
}

function Signed({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const me = useMe();
  const { id: memberId, email } = me.member;
  const workspaceId = me.workspace.id;
  useEffect(() => {
    const before = session.sitter();
    // Another window has changed who this browser is: nothing of the one before may stay.
    if (before !== null && before.memberId !== memberId) location.assign('/');
    else session.sits({ memberId, workspaceId, email });
  }, [memberId, workspaceId, email]);
  useEffect(watchActivity, []);
  useEffect(() => hearWindows(() => void queries.invalidateQueries({ queryKey: keys.me() })), [queries]);
  if (me.secondFactor === 'needed') return <SecondFactorPage onDone={() => location.reload()} />;
  return children;
}
