import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultWords } from '../data/fault.ts';
import { toast } from '../ui/toasts.ts';

/**
 * Values that wait for 保存する. What the server tells anew comes in wherever nothing was changed here.
 *
 * @param saved what the server has
 * @param save sends all values; a refusal leaves them as they are
 */
export function useForm<T extends object>(saved: T, save: (values: T) => Promise<void>) {
  const { t } = useTranslation();
  const [patch, setPatch] = useState<Partial<T>>({});
  const [busy, setBusy] = useState(false);
  const values: T = { ...saved, ...patch };
  const isChanged = (name: keyof T) =>
    name in patch && JSON.stringify(patch[name]) !== JSON.stringify(saved[name]);
  const changes = Object.keys(patch).filter((name) => isChanged(name as keyof T)).length;

  useEffect(() => {
    if (changes === 0) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [changes]);

  const submit = async () => {
    setBusy(true);
    try {
      await save(values);
      setPatch({});
      toast(t('form.saved'));
    } catch (error) {
      toast(t('form.failed', { reason: faultWords(error, t) }), { tone: 'alarm' });
    } finally {
      setBusy(false);
    }
  };
  return {
    values,
    isChanged,
    changes,
    busy,
    set: (change: Partial<T>) => setPatch((before) => ({ ...before, ...change })),
    discard: () => setPatch({}),
    submit: () => void submit(),
  };
}
