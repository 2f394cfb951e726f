import { addNewMailRoute, type DraftId, type MailboxId } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { useMyMailboxes } from '../data/queries.ts';
import { toast } from '../ui/toasts.ts';

/** Begins a new mail from this mailbox, else from the first; undefined for a person who has none. */
export function useCompose(
  mailboxId: MailboxId | undefined,
  onBegun: (draftId: DraftId) => void,
): (() => void) | undefined {
  const { t } = useTranslation();
  const [first] = useMyMailboxes();
  const from = mailboxId ?? first?.id;
  if (from === undefined) return undefined;
  return () =>
    void call(addNewMailRoute, { body: { mailboxId: from } }).then(
      (draft) => onBegun(draft.id),
      (error: unknown) => toast(faultWords(error, t), { tone: 'alarm' }),
    );
}
