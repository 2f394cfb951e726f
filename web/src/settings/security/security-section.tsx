import {
  getSecurityRoute,
  type SecurityFacts,
  type SecuritySettings,
  saveSecurityRoute,
} from '@madoguchi/contract';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/client.ts';
import { faultWords } from '../../data/fault.ts';
import { keys } from '../../data/keys.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { EmptyState, SkeletonRows } from '../../ui/states.tsx';
import { Block } from '../block.tsx';
import { networkRefusal } from '../network-refusal.ts';
import { SaveBar } from '../save-bar.tsx';
import settings from '../settings.module.css';
import { useForm } from '../use-form.ts';
import { NetworksBlock } from './networks-block.tsx';
import styles from './security.module.css';

const HOURS = { least: 1, most: 2160 };
const MINUTES = { least: 0, most: 10_080 };

/** セキュリティ: how everybody in the workspace signs in. */
export function SecuritySection() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: keys.security(),
    queryFn: ({ signal }) => call(getSecurityRoute, {}, { signal }),
  });
  if (data !== undefined) return <Form saved={data} />;
  if (error === null) return <SkeletonRows count={3} />;
  return (
    <EmptyState role="alert" icon={<IconPlugConnectedX />} title={faultWords(error, t)}>
      <Button onClick={() => void refetch()}>{t('act.retry')}</Button>
    </EmptyState>
  );
}

/** As it is typed: a field that is being emptied is no number yet. */
const numberOf = (text: string): number => (/^\d+$/.test(text.trim()) ? Number(text) : Number.NaN);

function Form({ saved }: { saved: SecuritySettings }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { yourAddress, ...facts } = saved;
  const form = useForm<SecurityFacts>('security', facts, async (body) => {
    queries.setQueryData(keys.security(), await call(saveSecurityRoute, { body }));
  });
  const { values } = form;
  const hoursFault = useRangeFault(values.sessionHours, HOURS);
  const minutesFault = useRangeFault(values.idleMinutes, MINUTES);
  const shown = (value: number) => (Number.isNaN(value) ? '' : String(value));
  return (
    <>
      <div className={settings.form}>
        <div className={settings.top}>
          <h2>{t('guard.title')}</h2>
          <span className="grow muted small">{t('guard.lead')}</span>
        </div>
        <Block title={t('guard.length')} text={t('guard.lengthText')} anchor="session-hours">
          <div className={styles.numbers}>
            <TextField
              label={t('guard.hours')}
              hint={t('guard.hoursHint')}
              inputMode="numeric"
              value={shown(values.sessionHours)}
              changed={form.isChanged('sessionHours')}
              error={hoursFault}
              onChange={(event) => form.set({ sessionHours: numberOf(event.target.value) })}
            />
          </div>
        </Block>
        <Block title={t('guard.idle')} text={t('guard.idleText')} anchor="idle-minutes">
          <div className={styles.numbers}>
            <TextField
              label={t('guard.minutes')}
              hint={t('guard.minutesHint')}
              inputMode="numeric"
              value={shown(values.idleMinutes)}
              changed={form.isChanged('idleMinutes')}
              error={minutesFault}
              onChange={(event) => form.set({ idleMinutes: numberOf(event.target.value) })}
            />
          </div>
        </Block>
        <NetworksBlock
          networks={values.networks}
          yourAddress={yourAddress}
          changed={form.isChanged('networks')}
          refusal={networkRefusal(form.refusal)}
          onChange={(networks) => form.set({ networks })}
        />
      </div>
      <SaveBar
        changes={form.changes}
        refusal={form.refusal}
        busy={form.busy}
        onDiscard={form.discard}
        onSave={form.submit}
      />
    </>
  );
}

function useRangeFault(value: number, range: { least: number; most: number }): string | undefined {
  const { t } = useTranslation();
  return value >= range.least && value <= range.most ? undefined : t('guard.outOfRange', range);
}
