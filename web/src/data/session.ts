import type { MemberId, WorkspaceId } from '@madoguchi/contract';

/**
 * How a signed-in page can come to its end. `over`: signing in again takes it up where it was. `ended`: the
 * person may not come back. `network`: not from here. `second_factor`: first one must be set up.
 */
export type SessionEnd = 'over' | 'ended' | 'network' | 'second_factor';

/** Who sat here: whoever signs in over the emptied page must be the same, or begins with an empty one. */
export interface Sitter {
  memberId: MemberId;
  workspaceId: WorkspaceId;
  email: string;
}

const ENDS: Readonly<Record<string, SessionEnd>> = {
  'accounts.access_ended': 'ended',
  'accounts.network_refused': 'network',
  'accounts.second_factor_needed': 'second_factor',
};

/** What the server's 401 means for the page; an unknown one is a session that ran out. */
export const endOf = (code: string): SessionEnd => ENDS[code] ?? 'over';

type Listener = () => void;

let end: SessionEnd | null = null;
let sitter: Sitter | null = null;
const listeners = new Set<Listener>();

const set = (next: SessionEnd | null) => {
  if (next === end) return;
  end = next;
  for (const listener of listeners) listener();
};

/**
 * Whether the sign-in still holds. When it does not, the page behind is emptied, so what waits for an answer
 * there never gets one.
 */
export const session = {
  end: (): SessionEnd | null => end,
  subscribe(listener: Listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  finish(how: SessionEnd) {
    // Who may not come back is not asked to sign in again by an answer that was on its way.
    if (end !== 'ended') set(how);
  },
  resume: () => set(null),
  sits(who: Sitter) {
    sitter = who;
  },
  sitter: (): Sitter | null => sitter,
};
