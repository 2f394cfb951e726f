import { type DemoLetter, listDemoLettersRoute, readDemoRoute } from '@madoguchi/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call } from '../data/client.ts';
import { keys } from '../data/keys.ts';
import { isReceived } from './letters.ts';

const LOOK_EVERY = 2_000;

export const useDemo = () =>
  useQuery({ queryKey: keys.demo(), queryFn: ({ signal }) => call(readDemoRoute, {}, { signal }) });

const NOTHING: readonly DemoLetter[] = [];

/** This customer's mail; looks for more every two seconds. */
export function useLetters(customer: string): {
  letters: readonly DemoLetter[];
  isRead: boolean;
  refetch: () => void;
} {
  const { data, refetch } = useQuery({
    queryKey: keys.demoLetters(customer),
    queryFn: async ({ signal }) =>
      (await call(listDemoLettersRoute, { query: { customer } }, { signal })).items,
    enabled: customer !== '',
    refetchInterval: LOOK_EVERY,
  });
  return { letters: data ?? NOTHING, isRead: data !== undefined, refetch: () => void refetch() };
}

interface Fresh {
  ids: ReadonlySet<string>;
  read: (id: string) => void;
}

/** What arrived while one looked: known before is what the first answer held. */
export function useFresh(customer: string, letters: readonly DemoLetter[], isRead: boolean): Fresh {
  const known = useRef(new Map<string, Set<string>>());
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (!isRead) return;
    const before = known.current.get(customer);
    known.current.set(customer, new Set(letters.map(({ id }) => id)));
    if (before === undefined) return;
    const arrived = letters
      .filter((letter) => isReceived(letter) && !before.has(letter.id))
      .map(({ id }) => id);
    if (arrived.length > 0) setIds((now) => new Set([...now, ...arrived]));
  }, [customer, letters, isRead]);
  const read = (id: string) => setIds((now) => new Set([...now].filter((one) => one !== id)));
  return { ids, read };
}
