import { type Role, type RoleFacts, saveRoleRoute, scopes } from '@madoguchi/contract';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/client.ts';
import { keys } from '../../data/keys.ts';
import { useMe } from '../../data/queries.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { Block, showFound } from '../block.tsx';
import { networkRefusal } from '../network-refusal.ts';
import { hasAllOf } from '../people/rights.ts';
import { SaveBar } from '../save-bar.tsx';
import form from '../settings.module.css';
import { useForm } from '../use-form.ts';
import { CopyRole } from './copy-role.tsx';
import { DeleteRole } from './delete-role.tsx';
import { badLine, linesOf } from './network-lines.ts';
import { PermissionList } from './permission-list.tsx';
import { RoleMembers } from './role-members.tsx';
import { RoleSafety, SAFETY } from './role-safety.tsx';
import styles from './roles.module.css';
import { builtInKey, useRoleName } from './use-role-name.ts';

/** One role: what it allows, how its people sign in, and who has it. */
export function RolePage({ role }: { role: Role }) {
  const { t } = useTranslation();
  const me = useMe();
  const queries = useQueryClient();
  const nameOf = useRoleName();
  const [copying, setCopying] = useState(false);
  const [insist, setInsist] = useState(false);
  const params = { roleId: role.id };
  const fields = useForm<RoleFacts>(role.id, factsOf(role), async (facts) => {
    await call(saveRoleRoute, { params, body: sent(facts) });
    const stale = [keys.roles(), keys.me()];
    await Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
  });
  const { values, set, isChanged } = fields;
  const save = () => {
    const bad = badLine(values.networks.join('\n')) !== null;
    setInsist(bad);
    if (bad) showFound(document.getElementById(SAFETY));
    else fields.submit();
  };
  const manages = me.permissions.includes('role.manage') && hasAllOf(me, role.permissions);
  const own = builtInKey(role) === null;
  const changes = manages && own;
  return (
    <>
      <div className={form.form}>
        <p className={styles.back}>
          <Link to="/settings/$section" params={{ section: 'roles' }}>
            <IconArrowLeft size={14} stroke={1.7} aria-hidden="true" />
            {t('role.back')}
          </Link>
        </p>
        <div className={form.top}>
          <h2 className="grow">{nameOf(role)}</h2>
          <span className="muted small num">{t('role.users', { count: role.memberCount })}</span>
          {manages && <Button onClick={() => setCopying(true)}>{t('role.copy')}</Button>}
        </div>
        {!changes && <p className={styles.fixed}>{t(manages ? 'role.fixed' : 'role.fixedPlain')}</p>}
        <Block title={t('role.facts')} text={t('role.factsText')} anchor="role-facts">
          <div className={form.two}>
            <TextField
              label={t('role.roleName')}
              required
              maxLength={100}
              disabled={!changes}
              value={own ? values.name : nameOf(role)}
              changed={isChanged('name')}
              onChange={(event) => set({ name: event.target.value })}
            />
            <ChoiceField
              label={t('role.scope')}
              disabled={!changes}
              value={values.scope}
              changed={isChanged('scope')}
              choices={scopes.map((scope) => ({ value: scope, label: t(`role.scopes.${scope}`) }))}
              onChoose={(scope) => set({ scope })}
            />
          </div>
        </Block>
        <Block title={t('role.may')} text={changes ? t('role.mayText') : ''} anchor="role-may">
          <PermissionList
            chosen={values.permissions}
            disabled={!changes}
            onChange={(permissions) => set({ permissions })}
          />
        </Block>
        <RoleSafety
          values={values}
          isChanged={isChanged}
          disabled={!manages}
          insist={insist}
          refusal={networkRefusal(fields.refusal)}
          onChange={set}
        />
        <Block title={t('role.who')} anchor="role-who">
          <RoleMembers roleId={role.id} />
        </Block>
        {changes && <DeleteRole role={role} />}
      </div>
      <SaveBar
        changes={fields.changes}
        refusal={fields.refusal}
        busy={fields.busy}
        onDiscard={fields.discard}
        onSave={save}
      />
      <CopyRole role={role} opened={copying} onClose={() => setCopying(false)} />
    </>
  );
}

/** A built-in role is named by the screen; its key stands for the name that the wire asks for. */
const factsOf = ({ key, name, permissions, scope, secondFactor, networks }: Role): RoleFacts => ({
  ...{ name: name === '' ? key : name, permissions, scope, secondFactor, networks },
});

const sent = (facts: RoleFacts): RoleFacts => ({
  ...facts,
  name: facts.name.trim(),
  networks: linesOf(facts.networks.join('\n')),
});
