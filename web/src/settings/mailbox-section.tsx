import {
  type AfterSend,
  type Mailbox,
  type MailboxFacts,
  type MemberId,
  mailboxTints,
  saveMailboxMembersRoute,
  saveMailboxRoute,
} from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { keys } from '../data/keys.ts';
import { useMembers } from '../data/queries.ts';
import { ChoiceField, TextArea, TextField } from '../ui/field.tsx';
import { MemberCircle } from '../ui/who.tsx';
import { Block } from './block.tsx';
import { Doors } from './doors.tsx';
import { SaveBar } from './save-bar.tsx';
import styles from './settings.module.css';
import { useForm } from './use-form.ts';

const AFTER: readonly AfterSend[] = ['done', 'waiting', 'in_progress', 'open', 'keep'];
const AGE_STEPS = [2, 3, 4, 5] as const;
const HOUR = 60;

type Values = MailboxFacts & { memberIds: MemberId[] };

const factsOf = ({ id: _, canSend: __, off: ___, ...facts }: Mailbox): Values => facts;

export function MailboxSection({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const members = useMembers().filter((member) => member.state !== 'off');
  const params = { mailboxId: mailbox.id };
  const form = useForm<Values>(factsOf(mailbox), async ({ memberIds, ...facts }) => {
    await call(saveMailboxRoute, { params, body: facts });
    if (JSON.stringify(memberIds) !== JSON.stringify(mailbox.memberIds)) {
      await call(saveMailboxMembersRoute, { params, body: { memberIds } });
    }
    const stale = [keys.mailboxes(), keys.me(), keys.counts(), keys.lists()];
    await Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
  });
  const { values, set, isChanged } = form;
  const inside = members.filter((member) => values.memberIds.includes(member.id));
  const setMember = (id: MemberId, is: boolean) =>
    set({ memberIds: is ? [...values.memberIds, id] : values.memberIds.filter((each) => each !== id) });
  const tint = { '--tint': `var(--label-${values.tint})` } as CSSProperties;
  return (
    <>
      <div className={styles.form}>
        <div className={styles.top}>
          <span className={styles.swatch} style={tint} />
          <h2 className="grow">{mailbox.name}</h2>
          {inside.slice(0, 4).map((member) => (
            <MemberCircle key={member.id} member={member} />
          ))}
          <span className="muted small num">{t('settings.memberCount', { count: inside.length })}</span>
        </div>
        <Block title={t('settings.nameAddress')} text={t('settings.nameAddressText')}>
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
              onChange={(event) =>
                set({ aliases: event.target.value.split('\n').map((line) => line.trim()) })
              }
              onBlur={() => set({ aliases: values.aliases.filter((line) => line !== '') })}
            />
            <div
              className={`${styles.tints} ${styles.whole}`}
              role="radiogroup"
              aria-label={t('settings.colour')}
            >
              {mailboxTints.map((each) => (
                <input
                  key={each}
                  type="radio"
                  name="tint"
                  aria-label={t(`tints.${each}`)}
                  title={t(`tints.${each}`)}
                  checked={values.tint === each}
                  style={{ '--tint': `var(--label-${each})` } as CSSProperties}
                  onChange={() => set({ tint: each })}
                />
              ))}
            </div>
          </div>
        </Block>
        <Block title={t('settings.channels')} text={t('settings.channelsText')}>
          <Doors mailbox={mailbox} />
        </Block>
        <Block title={t('settings.ages')} text={t('settings.agesText')}>
          <div className={styles.ages}>
            {AGE_STEPS.map((step, index) => (
              <div key={step} style={{ '--g': `var(--gauge-${step})` } as CSSProperties}>
                <TextField
                  label={t(`age.step${step}`)}
                  hint={t('settings.hoursFrom')}
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
        <Block title={t('settings.after')} text={t('settings.afterText')}>
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
        <Block title={t('settings.signature')} text={t('settings.signatureMailbox')}>
          <TextArea
            label={t('settings.signature')}
            rows={5}
            value={values.signature}
            changed={isChanged('signature')}
            onChange={(event) => set({ signature: event.target.value })}
          />
        </Block>
        <Block title={t('settings.members')} text={t('settings.membersText')}>
          {members.map((member) => (
            <label key={member.id} className={styles.check}>
              <input
                type="checkbox"
                checked={values.memberIds.includes(member.id)}
                onChange={(event) => setMember(member.id, event.target.checked)}
              />
              <MemberCircle member={member} silent />
              {member.name}
            </label>
          ))}
        </Block>
      </div>
      <SaveBar changes={form.changes} busy={form.busy} onDiscard={form.discard} onSave={form.submit} />
    </>
  );
}
