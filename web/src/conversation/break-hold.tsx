import { breakHoldRoute, type Conversation } from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { Button } from '../ui/button.tsx';
import dialog from '../ui/dialog.module.css';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { refetchConversation } from './patch.ts';

interface Props {
  conversation: Conversation;
  /** Whose hold it is. */
  name: string;
  opened: boolean;
  onClose: () => void;
}

const LONGEST = 200;

/** 強制解除: asks for the reason, which everybody reads in the history and the one who loses it on his screen. */
export function BreakHold({ conversation, name, opened, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const close = () => {
    setReason('');
    setFault(undefined);
    onClose();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '') return setFault(t('together.reasonNeeded'));
    setBusy(true);
    try {
      await call(breakHoldRoute, { params: { conversationId: conversation.id }, body: { reason } });
      close();
    } catch (error) {
      setFault(faultWords(error, t));
    } finally {
      setBusy(false);
      await refetchConversation(queries, conversation.id);
    }
  };
  return (
    <Dialog opened={opened} title={t('together.breakTitle', { name })} onClose={close}>
      <form onSubmit={(event) => void submit(event)}>
        <p className="phrase">{t('together.breakText', { name })}</p>
        <TextField
          label={t('together.reason')}
          value={reason}
          maxLength={LONGEST}
          error={fault}
          data-autofocus
          onChange={(event) => {
            setReason(event.target.value);
            setFault(undefined);
          }}
        />
        <div className={dialog.acts}>
          <Button look="quiet" onClick={close}>
            {t('act.cancel')}
          </Button>
          <Button look="danger" type="submit" busy={busy}>
            {t('together.breakVerb')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
