import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import styles from './factor.module.css';
import { CODE_LENGTH, CodeField } from './field.tsx';
import { PasswordStep } from './password-step.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { useTry } from './use-try.ts';

/** What is told once: the app's address, the same key as one types it, and the recovery codes. */
export interface TotpOffer {
  uri: string;
  key: string;
  codes: readonly string[];
}

interface Props {
  begin: (password: string) => Promise<TotpOffer>;
  confirm: (code: string) => Promise<unknown>;
  /** What went wrong, in words. */
  explain: (fault: unknown) => string;
  /** Told when the codes have been kept. */
  onDone: () => void;
}

/** An authenticator app in three steps: the own password, the key with a first code, the recovery codes. */
export function TotpSetup({ begin, confirm, explain, onDone }: Props) {
  const [offer, setOffer] = useState<TotpOffer | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  if (offer === null) {
    return (
      <PasswordStep explain={explain} onPassword={async (password) => setOffer(await begin(password))} />
    );
  }
  if (confirmed) return <RecoveryCodes codes={offer.codes} onKept={onDone} />;
  const onCode = async (code: string) => {
    await confirm(code);
    setConfirmed(true);
  };
  return <KeyStep offer={offer} explain={explain} onCode={onCode} />;
}

interface KeyProps {
  offer: TotpOffer;
  explain: (fault: unknown) => string;
  onCode: (code: string) => Promise<unknown>;
}

function KeyStep({ offer, explain, onCode }: KeyProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const { error, busy, run } = useTry(explain);
  const send = (given: string) => void run(() => onCode(given)).then(() => setCode(''));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send(code);
  };
  return (
    <form className={styles.step} onSubmit={onSubmit}>
      <p className="phrase">{t('factor.scan')}</p>
      <div className={styles.key}>
        <QrCode text={offer.uri} label={t('factor.qr')} />
        <div>
          <p className="muted small phrase">{t('factor.byHand')}</p>
          <dl>
            <dt className="sr">{t('factor.key')}</dt>
            <dd className={styles.typed} translate="no">
              {offer.key}
            </dd>
          </dl>
        </div>
      </div>
      <p className="phrase">{t('factor.confirmText')}</p>
      <CodeField
        label={t('enter.code')}
        autoFocus
        value={code}
        error={error}
        onCode={setCode}
        onFull={send}
      />
      <div className={styles.acts}>
        <Button look="solid" size="form" type="submit" busy={busy} disabled={code.length < CODE_LENGTH}>
          {t('factor.confirm')}
        </Button>
      </div>
    </form>
  );
}
