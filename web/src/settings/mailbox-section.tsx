import {
  type Mailbox,
  type MailboxAccess,
  type MailboxFacts,
  type Permission,
  saveMailboxAccessRoute,
  saveMailboxRoute,
} from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { keys } from '../data/keys.ts';
import { useMe, useMembers } from '../data/queries.ts';
import { MemberCircle } from '../ui/who.tsx';
import { AccessBlock } from './access-block.tsx';
import { Block } from './block.tsx';
import { Doors } from './doors.tsx';
import { MailboxHabits, MailboxNames } from './mailbox-facts.tsx';
import { SaveBar } from './save-bar.tsx';
import styles from './settings.module.css';
import { useForm } from './use-form.ts';

type Values = MailboxFacts & { access: MailboxAccess };

const valuesOf = ({
  id: _,
  canSend: __,
  off: ___,
  memberIds: ____,
  assignableIds: _____,
  ...values
}: Mailbox): Values => values;

/** One shared mailbox, as far as this person sets it up. */
export function MailboxSection({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useMe();
  const members = useMembers().filter((member) => mailbox.memberIds.includes(member.id));
  const params = { mailboxId: mailbox.id };
  const form = useForm<Values>(mailbox.id, valuesOf(mailbox), async ({ access, ...facts }) => {
    const { access: had, ...before } = valuesOf(mailbox);
    if (JSON.stringify(facts) !== JSON.stringify(before))
      await call(saveMailboxRoute, { params, body: facts });
    if (JSON.stringify(access) !== JSON.stringify(had)) {
      await call(saveMailboxAccessRoute, { params, body: access });
    }
    const stale = [keys.mailboxes(), keys.me(), keys.counts(), keys.lists()];
    await Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
  });
  const { values, set, isChanged } = form;
  const fields = { values, set, isChanged };
  const may = (permission: Permission) =>
    me.permissions.includes(permission) || me.managedMailboxIds.includes(mailbox.id);
  const tint = { '--tint': `var(--label-${values.tint})` } as CSSProperties;
  return (
    <>
      <div className={styles.form}>
        <div className={styles.top}>
          <span className={styles.swatch} style={tint} />
          <h2 className="grow">{mailbox.name}</h2>
          <span className={styles.crew}>
            {members.slice(0, 4).map((member) => (
              <MemberCircle key={member.id} member={member} />
            ))}
            <span className="muted small num">{t('settings.memberCount', { count: members.length })}</span>
          </span>
        </div>
        {may('mailbox.edit') && <MailboxNames {...fields} />}
        {may('channel.manage') && (
          <Block title={t('settings.channels')} text={t('settings.channelsText')} anchor="channels">
            <Doors mailbox={mailbox} />
          </Block>
        )}
        {may('mailbox.share') && (
          <AccessBlock
            access={values.access}
            changed={isChanged('access')}
            onChange={(access) => set({ access })}
          />
        )}
        {may('mailbox.edit') && <MailboxHabits {...fields} />}
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
