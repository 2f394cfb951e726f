import { addNewMailRoute, type DraftId, type MailboxId } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { useMyMailboxes } from '../data/queries.ts';
import { useMayIn } from '../data/rights.ts';
import { toast } from '../ui/toasts.ts';

/** Begins a new mail from this mailbox, else from the first; undefined for who may write from none. */
export function useCompose(
  mailboxId: MailboxId | undefined,
  onBegun: (draftId: DraftId) => void,
): (() => void) | undefined {
  const { t } = useTranslation();
  const mayIn = useMayIn();
  const writable = useMyMailboxes().filter((each) => mayIn('conversation.new_mail', each.id));
  const from = (writable.find((each) => each.id === mailboxId) ?? writable[0])?.id;
  if (from === undefined) return undefined;
  return () =>
    void call(addNewMailRoute, { body: { mailboxId: from } }).then(
      (draft) => onBegun(draft.id),
      (error: unknown) => toast(faultWords(error, t), { tone: 'alarm' }),
    );
}
