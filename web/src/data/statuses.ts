import type { Status, WaitingReason, WaitingReasonId } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';
import { useReasons } from './queries.ts';

/** A status by its own name, else by the word of its kind. */
export function useStatusWord(): (status: Pick<Status, 'name' | 'kind'>) => string {
  const { t } = useTranslation();
  return ({ name, kind }) => name || t(`status.${kind}`);
}

/** What it waits for, in words; empty for nothing. */
export function useReasonWord(): (id: WaitingReasonId | null) => string {
  const { t } = useTranslation();
  const reasons = useReasons();
  const word = ({ key, name }: WaitingReason) => (key === 'later' ? t('standing.later') : name);
  return (id) => {
    const found = reasons.find((each) => each.id === id);
    return found === undefined ? '' : word(found);
  };
}
