import {
  addLabelRoute,
  countLabelRoute,
  deleteLabelRoute,
  type Label,
  type MailboxTint,
  saveLabelRoute,
} from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/client.ts';
import { faultWords } from '../../data/fault.ts';
import { keys } from '../../data/keys.ts';
import { Button } from '../../ui/button.tsx';
import { Ask } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { toast } from '../../ui/toasts.ts';
import form from '../settings.module.css';
import { TintField } from '../tint-field.tsx';

interface Props {
  /** Null for a new one. */
  label: Label | null;
  onClose: () => void;
}

/** Name and colour of a label; before it is deleted, it is told on how many conversations it stands. */
export function LabelForm({ label, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState(label?.name ?? '');
  const [tint, setTint] = useState<MailboxTint>(label?.tint ?? 'sora');
  /** The count that is asked about; null while nothing is asked. */
  const [asking, setAsking] = useState<number | null>(null);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const run = async (act: () => Promise<unknown>, told: string) => {
    setBusy(true);
    setError('');
    try {
      await act();
      const stale = [keys.labels(), keys.lists(), keys.conversations()];
      await Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
      toast(told);
      onClose();
    } catch (fault) {
      setError(faultWords(fault, t));
      setBusy(false);
    }
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    const body = { name: name.trim(), tint };
    void (label === null
      ? run(() => call(addLabelRoute, { body }), t('label.added'))
      : run(() => call(saveLabelRoute, { params: { labelId: label.id }, body }), t('form.saved')));
  };
  const ask = async ({ id: labelId }: Label) => {
    try {
      setAsking((await call(countLabelRoute, { params: { labelId } })).count);
    } catch (fault) {
      setError(faultWords(fault, t));
    }
  };
  const remove = () => {
    setAsking(null);
    if (label === null) return;
    void run(() => call(deleteLabelRoute, { params: { labelId: label.id } }), t('label.removed'));
  };
  return (
    <form className={form.stack} onSubmit={save}>
      <TextField
        label={t('label.name')}
        required
        maxLength={50}
        value={name}
        data-autofocus
        onChange={(event) => setName(event.target.value)}
      />
      <TintField value={tint} onChange={setTint} />
      {error !== '' && (
        <p className={form.error} role="alert">
          {error}
        </p>
      )}
      <div className={form.acts}>
        {label !== null && (
          <Button look="quiet" onClick={() => void ask(label)}>
            {t('label.remove')}
          </Button>
        )}
        <span className="grow" />
        <Button look="quiet" onClick={onClose}>
          {t('act.cancel')}
        </Button>
        <Button look="solid" type="submit" busy={busy}>
          {t('form.save')}
        </Button>
      </div>
      <Ask
        opened={asking !== null}
        title={t('label.askRemove', { name: label?.name ?? '' })}
        text={t('label.askRemoveText', { count: asking ?? 0 })}
        verb={t('label.remove')}
        danger
        onNo={() => setAsking(null)}
        onYes={remove}
      />
    </form>
  );
}
