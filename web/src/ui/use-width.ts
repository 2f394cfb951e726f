import { useSyncExternalStore } from 'react';

/** The four layouts of the frame; the same borders stand in the style sheets. */
export type Frame = 'phone' | 'rail' | 'medium' | 'wide';

const QUERIES: ReadonlyArray<[Frame, string]> = [
  ['phone', '(max-width: 699px)'],
  ['rail', '(max-width: 1199px)'],
  ['medium', '(max-width: 1399px)'],
];

const read = (): Frame => QUERIES.find(([, query]) => matchMedia(query).matches)?.[0] ?? 'wide';

function subscribe(listener: () => void): () => void {
  const lists = QUERIES.map(([, query]) => matchMedia(query));
  for (const list of lists) list.addEventListener('change', listener);
  return () => {
    for (const list of lists) list.removeEventListener('change', listener);
  };
}

export const useFrame = (): Frame => useSyncExternalStore(subscribe, read);
