import { useEffect, useState, useSyncExternalStore } from 'react';

const TICK = 30_000;
const STEP = 500;

let offset = 0;

/** Takes over the server's clock from an answer, so that waiting times and leases do not follow a wrong PC. */
export function setServerNow(text: string | null): void {
  const at = text === null ? Number.NaN : Date.parse(text);
  if (Number.isNaN(at)) return;
  const next = at - Date.now();
  // A header in whole seconds and the way here blur it; smaller steps would only make the clock tremble.
  if (Math.abs(next - offset) > 2 * STEP) offset = next;
}

export const serverNow = (): Date => new Date(Date.now() + offset);

/** The server's time now, again each second while something counts down. */
export function useSecond(): Date {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const ticks = setInterval(() => setNow(serverNow()), 1_000);
    return () => clearInterval(ticks);
  }, []);
  return now;
}

/** Milliseconds until a moment of the server, 0 when it has passed. */
export const until = (moment: string, now: Date): number => Math.max(0, Date.parse(moment) - now.getTime());

let current = serverNow();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    current = serverNow();
    for (const each of listeners) each();
  }, TICK);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The server's time, renewed for everything on the screen in one pass every 30 s. */
export const useNow = (): Date => useSyncExternalStore(subscribe, () => current);
