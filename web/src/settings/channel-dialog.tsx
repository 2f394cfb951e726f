import {
  type AccountTrial,
  addChannelRoute,
  type Channel,
  type DoorTrial,
  type Mailbox,
  saveChannelRoute,
  tryAccountRoute,
} from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { keys } from '../data/keys.ts';
import { accountOf, trialWords } from '../data/mail-account.ts';
import { useTyped } from '../data/use-typed.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { type DoorFields, DoorForm, emptyDoor } from '../ui/door-form.tsx';
import { toast } from '../ui/toasts.ts';
import styles from './settings.module.css';

interface Props {
  mailbox: Mailbox;
  /** Null for a new mail account. */
  channel: Channel | null;
  onClose: () => void;
}

function fieldsOf(channel: Channel | null, kind: 'imap' | 'smtp', address: string): DoorFields | null {
  if (channel === null) return emptyDoor(kind, address);
  const door = channel[kind];
  if (door === null) return null;
  const { host, port, security, verifyCertificate, user } = door;
  const folders = 'folders' in door ? door.folders.join('、') : '';
  return { host, port, security, verifyCertificate, user, folders, password: '', withToken: false };
}

/** A password is typed anew: it does not wait in the page that was emptied. */
const withoutPassword = (fields: DoorFields | null) => fields && { ...fields, password: '' };

function Found({ trial }: { trial: DoorTrial | null | undefined }) {
  const { t } = useTranslation();
  if (trial === null || trial === undefined) return null;
  return (
    <p className={trial.ok ? styles.ok : styles.bad} role="status">
      {trialWords(trial, t)}
    </p>
  );
}

export function ChannelDialog({ mailbox, channel, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const place = `mail account ${channel?.id ?? mailbox.id}`;
  const first = (kind: 'imap' | 'smtp') => fieldsOf(channel, kind, mailbox.address);
  const [imap, setImap] = useTyped(`${place} imap`, first('imap'), withoutPassword);
  const [smtp, setSmtp] = useTyped(`${place} smtp`, first('smtp'), withoutPassword);
  const [trial, setTrial] = useState<AccountTrial | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const account = () => accountOf(imap, smtp);
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    setError('');
    try {
      await act();
    } catch (fault) {
      setError(faultWords(fault, t));
    } finally {
      setBusy(false);
    }
  };
  const attempt = () =>
    run(async () => {
      const body = { account: account(), ...(channel === null ? {} : { channelId: channel.id }) };
      setTrial(await call(tryAccountRoute, { body }));
    });
  const save = (off: boolean) =>
    run(async () => {
      if (channel === null)
        await call(addChannelRoute, { body: { mailboxId: mailbox.id, account: account() } });
      else
        await call(saveChannelRoute, {
          params: { channelId: channel.id },
          body: { account: account(), off },
        });
      await Promise.all(
        [keys.channels(), keys.mailboxes()].map((queryKey) => queries.invalidateQueries({ queryKey })),
      );
      toast(t('form.saved'));
      onClose();
    });
  return (
    <Dialog opened size={600} title={t('settings.channels')} onClose={onClose}>
      <div className={styles.stack}>
        {imap !== null && (
          <>
            <h3>{t('setup.imap')}</h3>
            <DoorForm
              kind="imap"
              value={imap}
              onChange={setImap}
              secretKept={channel?.imap?.hasSecret ?? false}
            />
            <Found trial={trial?.imap} />
          </>
        )}
        {smtp !== null && (
          <>
            <h3>{t('setup.smtp')}</h3>
            <DoorForm
              kind="smtp"
              value={smtp}
              onChange={setSmtp}
              secretKept={channel?.smtp?.hasSecret ?? false}
            />
            <Found trial={trial?.smtp} />
          </>
        )}
        {error !== '' && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
      </div>
      <div className={styles.acts}>
        {channel !== null && (
          <Button look="quiet" disabled={busy} onClick={() => void save(channel.state !== 'off')}>
            {t(channel.state === 'off' ? 'settings.switchOn' : 'settings.switchOff')}
          </Button>
        )}
        <span className="grow" />
        <Button disabled={busy} onClick={() => void attempt()}>
          {t('settings.test')}
        </Button>
        <Button look="solid" busy={busy} onClick={() => void save(false)}>
          {t('form.save')}
        </Button>
      </div>
    </Dialog>
  );
}
