import { useSyncExternalStore } from 'react';

/** `live`: the stream is open. `cut`: it is not, and the page asks every 15 s. `offline`: no network. */
export interface Connection {
  state: 'live' | 'cut' | 'offline';
  /** When the page was last known to be up to date. */
  freshAt: Date;
}

let current: Connection = { state: 'live', freshAt: new Date() };
const listeners = new Set<() => void>();

export function setConnection(state: Connection['state']): void {
  if (state === current.state) return;
  current = { state, freshAt: state === 'live' || current.state === 'live' ? new Date() : current.freshAt };
  for (const listener of listeners) listener();
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
