import type { Standing } from '@madoguchi/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReasons, useStatuses } from '../data/queries.ts';
import { useStatusWord } from '../data/statuses.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActs, DialogFields } from '../ui/dialog.tsx';
import { ChoiceField } from '../ui/field.tsx';
import { fieldOf, momentOfField } from '../ui/later-times.ts';
import { isAhead, WhenField } from '../ui/when-field.tsx';

interface Props {
  title: string;
  verb: string;
  /** What is chosen at first. */
  from?: Partial<Standing>;
  onChoose: (standing: Standing) => void;
  onClose: () => void;
}

/** A status that waits, what for, and when it comes back by itself. */
export function WaitingDialog({ title, verb, from, onChoose, onClose }: Props) {
  const { t } = useTranslation();
  const word = useStatusWord();
  const statuses = useStatuses().filter(({ kind, off }) => kind === 'waiting' && !off);
  const reasons = useReasons().filter(({ key, off, id }) => key === null && (!off || id === from?.reasonId));
  const [statusId, setStatusId] = useState<string>(
    statuses.find(({ id }) => id === from?.statusId)?.id ?? statuses[0]?.id ?? '',
  );
  const [reasonId, setReasonId] = useState<string>(from?.reasonId ?? '');
  const [when, setWhen] = useState(from?.wakeAt ? fieldOf(new Date(from.wakeAt)) : '');
  const status = statuses.find(({ id }) => id === statusId);
  const isReady = status !== undefined && (when === '' || isAhead(when));
  const choose = () => {
    if (status === undefined) return;
    onChoose({
      statusId: status.id,
      reasonId: reasons.find(({ id }) => id === reasonId)?.id ?? null,
      wakeAt: momentOfField(when)?.toISOString() ?? null,
    });
    onClose();
  };
  return (
    <Dialog opened title={title} onClose={onClose}>
      <DialogFields>
        {statuses.length > 1 && (
          <ChoiceField
            label={t('status.label')}
            value={statusId}
            choices={statuses.map((each) => ({ value: each.id as string, label: word(each) }))}
            onChoose={setStatusId}
          />
        )}
        {reasons.length > 0 && (
          <ChoiceField
            label={t('standing.reason')}
            value={reasonId}
            choices={[
              { value: '', label: t('standing.noReason') },
              ...reasons.map(({ id, name }) => ({ value: id as string, label: name })),
            ]}
            onChoose={setReasonId}
          />
        )}
        <WhenField label={t('standing.wakeAt')} value={when} onChange={setWhen} />
        <p className="small muted phrase">{t('standing.wakeHint')}</p>
      </DialogFields>
      <DialogActs>
        <Button look="quiet" onClick={onClose}>
          {t('act.cancel')}
        </Button>
        <Button look="solid" disabled={!isReady} onClick={choose}>
          {verb}
        </Button>
      </DialogActs>
    </Dialog>
  );
}
