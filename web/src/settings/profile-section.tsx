import { saveMeRoute } from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { useNow } from '../data/clock.ts';
import { faultWords } from '../data/fault.ts';
import { keys } from '../data/keys.ts';
import { useOwnChoices } from '../data/own-choices.ts';
import { useMe } from '../data/queries.ts';
import { ChoiceField, TextArea, TextField } from '../ui/field.tsx';
import { fullTime } from '../ui/time-words.ts';
import { toast } from '../ui/toasts.ts';
import { MemberCircle } from '../ui/who.tsx';
import { browserZone } from '../ui/zone.ts';
import { Block } from './block.tsx';
import { SaveBar } from './save-bar.tsx';
import styles from './settings.module.css';
import { useForm } from './use-form.ts';

export function ProfileSection() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useMe();
  const { language, timeZone } = me;
  const form = useForm('profile', { name: me.member.name, signature: me.signature }, async (values) => {
    const body = { ...values, language, timeZone };
    queries.setQueryData(keys.me(), await call(saveMeRoute, { body }));
    await queries.invalidateQueries({ queryKey: keys.members() });
  });
  return (
    <>
      <div className={styles.form}>
        <div className={styles.top}>
          <MemberCircle member={me.member} size={32} silent />
          <h2>{t('settings.profile')}</h2>
        </div>
        <Block title={t('settings.name')} text={t('settings.profileText')} anchor="name">
          <div className={styles.two}>
            <TextField
              label={t('settings.name')}
              maxLength={100}
              value={form.values.name}
              changed={form.isChanged('name')}
              onChange={(event) => form.set({ name: event.target.value })}
            />
            <TextField label={t('settings.email')} value={me.member.email} disabled readOnly />
          </div>
        </Block>
        <Block title={t('own.language')} text={t('own.languageText')} anchor="language">
          <OwnChoices />
        </Block>
        <Block title={t('settings.signature')} text={t('settings.signatureText')} anchor="signature">
          <TextArea
            label={t('settings.signatureMine')}
            bare
            rows={5}
            value={form.values.signature}
            changed={form.isChanged('signature')}
            onChange={(event) => form.set({ signature: event.target.value })}
          />
        </Block>
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

/** The choice that follows the browser; the server keeps null for it. */
const BROWSER = '';

/** Language and time zone, which act at once. */
function OwnChoices() {
  const { t } = useTranslation();
  const now = useNow();
  const { language, timeZone, choose } = useOwnChoices();
  const fail = (error: unknown) => toast(faultWords(error, t), { tone: 'alarm' });
  const zones = [
    ...new Set([...(timeZone === null ? [] : [timeZone]), ...Intl.supportedValuesOf('timeZone')]),
  ];
  return (
    <div className={styles.two}>
      <ChoiceField
        label={t('own.languageLabel')}
        value={language ?? BROWSER}
        choices={[
          { value: BROWSER, label: t('own.browser') },
          { value: 'ja', label: '日本語' },
          { value: 'en', label: 'English' },
        ]}
        onChoose={(value) => void choose({ language: value === BROWSER ? null : value }).catch(fail)}
      />
      <ChoiceField
        label={t('own.zoneLabel')}
        hint={t('own.zoneHint', { time: fullTime(now, now, t) })}
        value={timeZone ?? BROWSER}
        choices={[
          { value: BROWSER, label: t('own.browserZone', { zone: browserZone() }) },
          ...zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
        ]}
        onChoose={(value) => void choose({ timeZone: value === BROWSER ? null : value }).catch(fail)}
      />
    </div>
  );
}
