import { type HouseLetter, listHouseLettersRoute } from '@madoguchi/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../data/client.ts';
import { keys } from '../../data/keys.ts';
import { useMay } from '../../data/queries.ts';

/** A letter is settled without an event: asked anew while one looks. */
const EVERY = 5_000;

/** What became of the house's letters; none for who could do nothing about them. */
export function useLetters(): readonly HouseLetter[] {
  const may = useMay();
  const { data = [] } = useQuery({
    queryKey: keys.houseLetters(),
    queryFn: async ({ signal }) => (await call(listHouseLettersRoute, {}, { signal })).items,
    enabled: may('people.add') || may('people.reset'),
    refetchInterval: EVERY,
  });
  return data;
}
