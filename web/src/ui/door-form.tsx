import { useTranslation } from 'react-i18next';
import styles from './door-form.module.css';
import { ChoiceField, PasswordField, TextField } from './field.tsx';

export interface DoorFields {
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  verifyCertificate: boolean;
  user: string;
  password: string;
  /** A token takes the place of the password. */
  withToken: boolean;
  folders: string;
}

/** The usual port of each way in and out. */
const PORTS = {
  imap: { tls: 993, starttls: 143, none: 143 },
  smtp: { tls: 465, starttls: 587, none: 25 },
} as const;

export const emptyDoor = (kind: 'imap' | 'smtp', address: string): DoorFields => {
  const host = address.split('@')[1] ?? '';
  const security = kind === 'imap' ? 'tls' : 'starttls';
  return {
    host: host === '' ? '' : `${kind}.${host}`,
    port: PORTS[kind][security],
    security,
    verifyCertificate: true,
    user: address,
    password: '',
    withToken: false,
    folders: 'INBOX',
  };
};

interface Props {
  kind: 'imap' | 'smtp';
  value: DoorFields;
  onChange: (value: DoorFields) => void;
  /** A secret is stored; an empty field keeps it. */
  secretKept?: boolean;
}

/** A way into or out of a mail account, as its provider describes it. */
export function DoorForm({ kind, value, onChange, secretKept = false }: Props) {
  const { t } = useTranslation();
  const set = (patch: Partial<DoorFields>) => onChange({ ...value, ...patch });
  return (
    <div className={styles.door}>
      <TextField
        label={t('settings.host')}
        value={value.host}
        required
        onChange={(event) => set({ host: event.target.value.trim() })}
      />
      <div className={styles.pair}>
        <ChoiceField
          label={t('settings.security')}
          value={value.security}
          choices={[
            { value: 'tls', label: t('settings.tls') },
            { value: 'starttls', label: t('settings.starttls') },
            { value: 'none', label: t('settings.plain') },
          ]}
          onChoose={(security) => set({ security, port: PORTS[kind][security] })}
        />
        <TextField
          label={t('settings.port')}
          inputMode="numeric"
          value={value.port === 0 ? '' : String(value.port)}
          onChange={(event) => set({ port: Number(event.target.value.replace(/\D/g, '').slice(0, 5)) })}
        />
      </div>
      <TextField
        label={t('settings.user')}
        autoComplete="off"
        value={value.user}
        onChange={(event) => set({ user: event.target.value })}
      />
      <PasswordField
        label={t(value.withToken ? 'settings.token' : 'settings.password')}
        hint={secretKept ? t('settings.passwordKept') : undefined}
        autoComplete="off"
        value={value.password}
        onChange={(event) => set({ password: event.target.value })}
      />
      <ChoiceField
        label={t('settings.auth')}
        value={value.withToken ? 'token' : 'password'}
        choices={[
          { value: 'password', label: t('settings.byPassword') },
          { value: 'token', label: t('settings.byToken') },
        ]}
        onChoose={(choice) => set({ withToken: choice === 'token' })}
      />
      <ChoiceField
        label={t('settings.certificate')}
        value={value.verifyCertificate ? 'verify' : 'trust'}
        choices={[
          { value: 'verify', label: t('settings.certificateVerify') },
          { value: 'trust', label: t('settings.certificateTrust') },
        ]}
        onChoose={(choice) => set({ verifyCertificate: choice === 'verify' })}
      />
      {kind === 'imap' && (
        <TextField
          label={t('settings.folders')}
          hint={t('settings.foldersHint')}
          value={value.folders}
          onChange={(event) => set({ folders: event.target.value })}
        />
      )}
    </div>
  );
}
