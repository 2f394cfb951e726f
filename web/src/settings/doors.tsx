import { type Channel, listChannelsRoute, type Mailbox, readSetupRoute } from '@madoguchi/contract';
import { IconAlertTriangle, IconArrowDownLeft, IconArrowUpRight, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { useNow } from '../data/clock.ts';
import { keys } from '../data/keys.ts';
import { Button } from '../ui/button.tsx';
import { fullTime } from '../ui/time-words.ts';
import { ChannelDialog } from './channel-dialog.tsx';
import styles from './settings.module.css';

const channelsQuery = {
  queryKey: keys.channels(),
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (await call(listChannelsRoute, {}, { signal })).items,
};

/** The ways letters come into a mailbox and leave it, with their state and the ledger of what came. */
export function Doors({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation();
  const { data: channels = [] } = useQuery(channelsQuery);
  const { data: setup } = useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => call(readSetupRoute, {}, { signal }),
  });
  const [editing, setEditing] = useState<Channel | 'new' | null>(null);
  const here = channels.filter((channel) => channel.mailboxId === mailbox.id);
  const accounts = here.filter((channel) => channel.kind === 'mail_account');
  const listener = here.find((channel) => channel.kind === 'smtp_listener');
  return (
    <>
      {accounts.map((channel) => (
        <div key={channel.id} className={styles.door}>
          {channel.imap !== null && (
            <>
              <IconArrowDownLeft size={18} stroke={1.6} aria-hidden="true" />
              <div>
                <b>{t('settings.incoming')}　IMAP</b>
                <small className="num">
                  {channel.imap.host}:{channel.imap.port}{' '}
                  {t(`settings.${channel.imap.security === 'none' ? 'plain' : channel.imap.security}`)}
                </small>
                <DoorState channel={channel} />
              </div>
            </>
          )}
          <Button size="sm" onClick={() => setEditing(channel)}>
            {t('settings.edit')}
          </Button>
          {channel.smtp !== null && (
            <>
              <IconArrowUpRight size={18} stroke={1.6} aria-hidden="true" />
              <div>
                <b>{t('settings.outgoing')}　SMTP</b>
                <small className="num">
                  {channel.smtp.host}:{channel.smtp.port}{' '}
                  {t(`settings.${channel.smtp.security === 'none' ? 'plain' : channel.smtp.security}`)}
                </small>
              </div>
            </>
          )}
        </div>
      ))}
      {listener !== undefined && (
        <div className={styles.door}>
          <IconArrowDownLeft size={18} stroke={1.6} aria-hidden="true" />
          <div>
            <b>{t('settings.builtIn')}</b>
            {setup !== undefined && (
              <small className="num">
                {t('settings.builtInText', { host: location.hostname, port: setup.smtpPort })}
              </small>
            )}
            <DoorState channel={listener} />
          </div>
        </div>
      )}
      {accounts.length === 0 && <Button onClick={() => setEditing('new')}>{t('settings.addAccount')}</Button>}
      {editing !== null && (
        <ChannelDialog
          mailbox={mailbox}
          channel={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

function DoorState({ channel }: { channel: Channel }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const { ledger, state, problem } = channel;
  const accounted = ledger.taken + ledger.duplicate + ledger.quarantined + ledger.ignored;
  const left = ledger.seen - accounted;
  const count = (n: number) => n.toLocaleString(i18n.language);
  const Icon = state === 'failed' ? IconAlertTriangle : IconCircleCheck;
  const words = {
    connected: 'settings.connected',
    connecting: 'settings.never',
    failed: 'settings.failing',
    off: 'settings.off',
  } as const;
  const tone = state === 'failed' ? styles.bad : state === 'connected' ? styles.ok : '';
  return (
    <div className={`${styles.state} num`}>
      <span className={tone}>
        <Icon size={16} stroke={1.7} aria-hidden="true" />
        {t(words[state])}
      </span>
      {channel.lastCheckedAt !== null && (
        <span className={tone}>
          {t('settings.lastCheck', { time: fullTime(new Date(channel.lastCheckedAt), now, t) })}
        </span>
      )}
      <span className={left === 0 ? tone : styles.bad}>
        {left === 0
          ? t('settings.ledger', { seen: count(ledger.seen), taken: count(accounted) })
          : t('settings.ledgerDiff', { seen: count(ledger.seen), left: count(left) })}
      </span>
      {problem !== null && <span className={styles.bad}>{t('settings.serverSaid', { reply: problem })}</span>}
    </div>
  );
}
