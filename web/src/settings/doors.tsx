import {
  type Channel,
  type ChannelId,
  listChannelsRoute,
  type Mailbox,
  readSetupRoute,
} from '@madoguchi/contract';
import { IconAlertTriangle, IconArrowDownLeft, IconArrowUpRight, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { useNow } from '../data/clock.ts';
import { keys } from '../data/keys.ts';
import { useTyped } from '../data/use-typed.ts';
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
  const [editing, setEditing] = useTyped<ChannelId | 'new' | null>(`mail account of ${mailbox.id}`, null);
  const here = channels.filter((channel) => channel.mailboxId === mailbox.id);
  const accounts = here.filter((channel) => channel.kind === 'mail_account');
  const edited = here.find(({ id }) => id === editing);
  const listener = here.find((channel) => channel.kind === 'smtp_listener');
  return (
    <>
      {accounts.map((channel) => (
        <Account key={channel.id} channel={channel} onEdit={() => setEditing(channel.id)} />
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
      {(editing === 'new' || edited !== undefined) && (
        <ChannelDialog mailbox={mailbox} channel={edited ?? null} onClose={() => setEditing(null)} />
      )}
    </>
  );
}

/** A mail account with its two ways; a way that is not set is absent. */
function Account({ channel, onEdit }: { channel: Channel; onEdit: () => void }) {
  const { t } = useTranslation();
  const ways = [
    { key: 'imap', way: channel.imap, name: `${t('settings.incoming')}　IMAP`, Icon: IconArrowDownLeft },
    { key: 'smtp', way: channel.smtp, name: `${t('settings.outgoing')}　SMTP`, Icon: IconArrowUpRight },
  ] as const;
  const shown = ways.filter(({ way }) => way !== null);
  return (
    <div className={styles.door}>
      {shown.map(({ key, way, name, Icon }, index) => (
        <Fragment key={key}>
          <Icon size={18} stroke={1.6} aria-hidden="true" />
          <div>
            <b>{name}</b>
            {way !== null && (
              <small className="num">
                {way.host}:{way.port}・
                {way.security === 'none' ? t('settings.notEncrypted') : t(`settings.${way.security}`)}
              </small>
            )}
            {key === 'imap' && <DoorState channel={channel} />}
          </div>
          {index === 0 ? (
            <Button size="sm" onClick={onEdit}>
              {t('settings.edit')}
            </Button>
          ) : (
            <span />
          )}
        </Fragment>
      ))}
    </div>
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
