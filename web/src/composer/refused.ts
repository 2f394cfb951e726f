import type { MemberId } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';
import { codeOf, RefusedError } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { useMemberById } from '../data/queries.ts';
import { familyName } from '../ui/family-name.ts';

/** Why the server did not send: another was first, another holds it, or a reason in words. */
export type Refused =
  | { kind: 'first'; answered: { name: string; at: string } | null }
  | { kind: 'held'; name: string }
  | { kind: 'other'; words: string };

interface News {
  kind: string;
  memberId: MemberId | null;
  receivedAt: string;
}

/** Reads a refusal of sending as people put it. */
export function useRefused(): (error: unknown) => Refused {
  const { t } = useTranslation();
  const memberById = useMemberById();
  return (error) => {
    const code = codeOf(error);
    const facts = error instanceof RefusedError ? error.refusal.facts : {};
    if (code === 'compose.changed_since') {
      const answer = (facts.news as News[] | undefined)?.findLast(({ kind }) => kind === 'out');
      const name = familyName(memberById(answer?.memberId ?? null)?.name ?? '');
      return { kind: 'first', answered: answer && name !== '' ? { name, at: answer.receivedAt } : null };
    }
    const holder = memberById((facts.memberId ?? null) as MemberId | null);
    const isHeld = code === 'compose.held_by_other' || code === 'compose.hold_needed';
    return isHeld && holder !== undefined
      ? { kind: 'held', name: familyName(holder.name) }
      : { kind: 'other', words: faultWords(error, t) };
  };
}
