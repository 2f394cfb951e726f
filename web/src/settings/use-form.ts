import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { useTyped } from '../data/use-typed.ts';
import { toast } from '../ui/toasts.ts';

/**
 * Values that wait for 保存する. What the server tells anew comes in wherever nothing was changed here; what
 * was changed outlives a session that ends.
 *
 * @param name which form: unique among the settings
 * @param saved what the server has
 * @param save sends all values; a refusal leaves them as they are and is told in `refusal`
 */
export function useForm<T extends object>(name: string, saved: T, save: (values: T) => Promise<void>) {
  const { t } = useTranslation();
  const [patch, setPatch] = useTyped<Partial<T>>(`form ${name}`, {});
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const values: T = { ...saved, ...patch };
  const isChanged = (field: keyof T) =>
    field in patch && JSON.stringify(patch[field]) !== JSON.stringify(saved[field]);
  const changes = Object.keys(patch).filter((field) => isChanged(field as keyof T)).length;

  useEffect(() => {
    if (changes === 0) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [changes]);

  const submit = async () => {
    setBusy(true);
    setFault(null);
    try {
      await save(values);
      setPatch({});
      toast(t('form.saved'));
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
    }
  };
  return {
    values,
    isChanged,
    changes,
    busy,
    /** Why the server would not take them; goes with the next change. */
    refusal: fault === null ? null : { code: codeOf(fault), words: faultWords(fault, t) },
    set: (change: Partial<T>) => {
      setFault(null);
      setPatch((before) => ({ ...before, ...change }));
    },
    discard: () => {
      setFault(null);
      setPatch({});
    },
    submit: () => void submit(),
  };
}

export type FormRefusal = ReturnType<typeof useForm>['refusal'];
