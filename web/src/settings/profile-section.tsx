import { saveMeRoute } from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { keys } from '../data/keys.ts';
import { useMe } from '../data/queries.ts';
import { TextArea, TextField } from '../ui/field.tsx';
import { MemberCircle } from '../ui/who.tsx';
import { Block } from './block.tsx';
import { SaveBar } from './save-bar.tsx';
import styles from './settings.module.css';
import { useForm } from './use-form.ts';

export function ProfileSection() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useMe();
  const form = useForm({ name: me.member.name, signature: me.signature }, async (body) => {
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
        <Block title={t('settings.name')} text={t('settings.profileText')}>
          <div className={styles.two}>
            <TextField
              label={t('settings.name')}
              value={form.values.name}
              changed={form.isChanged('name')}
              onChange={(event) => form.set({ name: event.target.value })}
            />
            <TextField label={t('settings.email')} value={me.member.email} disabled readOnly />
          </div>
        </Block>
        <Block title={t('settings.signature')} text={t('settings.signatureText')}>
          <TextArea
            label={t('settings.signatureMine')}
            rows={5}
            value={form.values.signature}
            changed={form.isChanged('signature')}
            onChange={(event) => form.set({ signature: event.target.value })}
          />
        </Block>
      </div>
      <SaveBar changes={form.changes} busy={form.busy} onDiscard={form.discard} onSave={form.submit} />
    </>
  );
}
