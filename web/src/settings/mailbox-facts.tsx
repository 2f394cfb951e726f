import type { AfterSend, MailboxFacts } from '@madoguchi/contract';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceField, TextArea, TextField } from '../ui/field.tsx';
import { Block } from './block.tsx';
import styles from './settings.module.css';
import { TintField } from './tint-field.tsx';

const AFTER: readonly AfterSend[] = ['done', 'waiting', 'in_progress', 'open', 'keep'];
const AGE_STEPS = [2, 3, 4, 5] as const;
const HOUR = 60;
/** Seconds. */
const UNDO_MOST = 60;

interface Props {
  values: MailboxFacts;
  set: (change: Partial<MailboxFacts>) => void;
  isChanged: (name: keyof MailboxFacts) => boolean;
}

/** The sender that customers see, and the mailbox's colour. */
export function MailboxNames({ values, set, isChanged }: Props) {
  const { t } = useTranslation();
  return (
    <Block title={t('settings.nameAddress')} text={t('settings.nameAddressText')} anchor="name">
      <div className={styles.two}>
        <TextField
          label={t('settings.mailboxName')}
          value={values.name}
          changed={isChanged('name')}
          onChange={(event) => set({ name: event.target.value })}
        />
        <TextField
          label={t('settings.senderName')}
          value={values.senderName}
          changed={isChanged('senderName')}
          onChange={(event) => set({ senderName: event.target.value })}
        />
        <TextField
          label={t('settings.address')}
          type="email"
          value={values.address}
          changed={isChanged('address')}
          onChange={(event) => set({ address: event.target.value.trim() })}
        />
        <TextArea
          label={t('settings.aliases')}
          hint={t('settings.aliasesHint')}
          rows={2}
          value={values.aliases.join('\n')}
          changed={isChanged('aliases')}
          onChange={(event) => set({ aliases: event.target.value.split('\n').map((line) => line.trim()) })}
          onBlur={() => set({ aliases: values.aliases.filter((line) => line !== '') })}
        />
        <TintField value={values.tint} onChange={(tint) => set({ tint })} />
      </div>
    </Block>
  );
}

/** When a wait is long, what follows an answer, and what stands at its end. */
export function MailboxHabits({ values, set, isChanged }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Block title={t('settings.ages')} text={t('settings.agesText')} anchor="ages">
        <div className={styles.ages}>
          {AGE_STEPS.map((step, index) => (
            <div key={step} style={{ '--g': `var(--gauge-${step})` } as CSSProperties}>
              <TextField
                label={t(`age.step${step}`)}
                unit={t('settings.hoursFrom')}
                inputMode="decimal"
                defaultValue={String((values.ageLimits[index] ?? 0) / HOUR)}
                changed={isChanged('ageLimits')}
                onChange={(event) => {
                  const hours = Number(event.target.value);
                  if (!Number.isFinite(hours)) return;
                  set({
                    ageLimits: values.ageLimits.map((limit, at) =>
                      at === index ? Math.round(hours * HOUR) : limit,
                    ),
                  });
                }}
              />
            </div>
          ))}
        </div>
      </Block>
      <Block title={t('settings.after')} text={t('settings.afterText')} anchor="after">
        <ChoiceField
          label={t('status.label')}
          value={values.afterSend}
          changed={isChanged('afterSend')}
          choices={AFTER.map((value) => ({
            value,
            label: value === 'keep' ? t('composer.afterKeep') : t(`status.${value}`),
          }))}
          onChoose={(afterSend) => set({ afterSend })}
        />
      </Block>
      <Block title={t('leaving.setting')} text={t('leaving.settingText')} anchor="undo">
        <TextField
          label={t('leaving.settingLabel')}
          unit={t('leaving.seconds')}
          type="number"
          min={0}
          max={UNDO_MOST}
          step={1}
          value={values.undoSeconds}
          changed={isChanged('undoSeconds')}
          onChange={({ target }) =>
            set({ undoSeconds: Math.min(UNDO_MOST, Math.max(0, Math.round(target.valueAsNumber || 0))) })
          }
        />
      </Block>
      <Block title={t('settings.signature')} text={t('settings.signatureMailbox')} anchor="signature">
        <TextArea
          label={t('settings.signature')}
          bare
          rows={5}
          value={values.signature}
          changed={isChanged('signature')}
          onChange={(event) => set({ signature: event.target.value })}
        />
      </Block>
    </>
  );
}
