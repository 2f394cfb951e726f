/**
 * Whether the sign-in still holds. A request that meets its end waits here until the person has signed in
 * again over the page, and then goes on; nothing on the screen is lost.
 */
type Listener = () => void;

let over = false;
const listeners = new Set<Listener>();
let waiting: Array<() => void> = [];

const tell = () => {
  for (const listener of listeners) listener();
};

export const session = {
  isOver: () => over,
  subscribe(listener: Listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Resolves when the person has signed in again. */
  signedInAgain(): Promise<void> {
    if (!over) {
      over = true;
      tell();
    }
    return new Promise((resolve) => waiting.push(resolve));
  },
  resume() {
    over = false;
    const resolvers = waiting;
    waiting = [];
    for (const resolve of resolvers) resolve();
    tell();
  },
};
