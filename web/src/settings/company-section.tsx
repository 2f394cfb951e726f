import { renameWorkspaceRoute } from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { keys } from '../data/keys.ts';
import { useMe } from '../data/queries.ts';
import { TextField } from '../ui/field.tsx';
import { Block } from './block.tsx';
import { SaveBar } from './save-bar.tsx';
import styles from './settings.module.css';
import { useForm } from './use-form.ts';

/** The name under which the company stands in front of its people. */
export function CompanySection() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useMe();
  const form = useForm('company', { name: me.workspace.name }, async ({ name }) => {
    await call(renameWorkspaceRoute, { body: { name: name.trim() } });
    await queries.invalidateQueries({ queryKey: keys.me() });
  });
  return (
    <>
      <div className={styles.form}>
        <div className={styles.top}>
          <h2>{t('company.title')}</h2>
        </div>
        <Block title={t('company.name')} text={t('company.text')} anchor="company-name">
          <TextField
            label={t('company.name')}
            required
            maxLength={100}
            value={form.values.name}
            changed={form.isChanged('name')}
            onChange={(event) => form.set({ name: event.target.value })}
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
