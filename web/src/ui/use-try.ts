import { useState } from 'react';

/** Tries something, and keeps in words why it did not go; no words, no fault. */
export function useTry(explain: (fault: unknown) => string) {
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const run = async (act: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setWords('');
    try {
      await act();
    } catch (fault) {
      setWords(explain(fault));
    } finally {
      setBusy(false);
    }
  };
  return { error: words === '' ? undefined : words, busy, run };
}
