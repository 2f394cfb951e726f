import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultWords } from '../../data/fault.ts';
import { toast } from '../../ui/toasts.ts';

/** Does one thing at a time and says how it went. */
export function useAct() {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const run = async (act: () => Promise<string>): Promise<void> => {
    setBusy(true);
    try {
      toast(await act());
    } catch (fault) {
      toast(faultWords(fault, t), { tone: 'alarm' });
    } finally {
      setBusy(false);
    }
  };
  return { busy, run: (act: () => Promise<string>) => void run(act) };
}
