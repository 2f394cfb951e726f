import { useLayoutEffect, useRef, useState } from 'react';
import { forgetTyped, keepTyped, readTyped } from './kept-words.ts';
import { useMe } from './queries.ts';
import { session } from './session.ts';

/**
 * A state that is one's own words: when the session ends, the page is emptied, and whoever signs in again in
 * its place finds them as they were. Anything else that takes the form away lets them go.
 *
 * @param place which form: unique on the page
 * @param kept what of it may outlive the page, where a secret is among it
 */
export function useTyped<T>(place: string, first: T, kept: (typed: T) => T = (typed) => typed) {
  const name = `${useMe().member.id} ${place}`;
  // This very place kept it.
  const state = useState<T>(() => (readTyped(name) as T | undefined) ?? first);
  const keep = useRef(() => {});
  useLayoutEffect(() => {
    keep.current = () => keepTyped(name, kept(state[0]));
  });
  useLayoutEffect(() => {
    forgetTyped(name);
    return () => {
      if (session.end() === 'over') keep.current();
    };
  }, [name]);
  return state;
}
