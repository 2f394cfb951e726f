import { IconFingerprint } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { passkeysFillIn, passkeysWork, wasClosed } from '../data/passkeys.ts';
import { signInByPasskey } from '../data/sign-in.ts';
import { signInWords } from '../data/sign-in-words.ts';
import { Button } from '../ui/button.tsx';
import styles from './front.module.css';

interface Props {
  onDone: () => void;
  onFault: (words: string) => void;
}

/**
 * Signs in by a passkey: by the button, or chosen among what the browser fills into the fields above.
 * Absent where the browser or the page's address has none.
 */
export function PasskeyDoor({ onDone, onFault }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const enter = async (autofill: boolean) => {
    try {
      await signInByPasskey(autofill);
      onDone();
    } catch (fault) {
      // What was offered and not taken is no fault; nor is an offer that the server was too busy to make.
      if (!autofill && !wasClosed(fault)) onFault(signInWords(fault, t('enter.passkeyFailed'), t));
    }
  };
  const offer = useRef(() => enter(true));
  useEffect(() => {
    void passkeysFillIn().then((can) => (can ? offer.current() : undefined));
  }, []);
  if (!passkeysWork()) return null;
  const onClick = async () => {
    setBusy(true);
    onFault('');
    await enter(false);
    setBusy(false);
  };
  return (
    <div className={styles.passkey}>
      <span className={styles.or}>{t('enter.or')}</span>
      <Button
        size="form"
        icon={<IconFingerprint size={18} stroke={1.6} aria-hidden="true" />}
        busy={busy}
        onClick={() => void onClick()}
      >
        {t('enter.passkey')}
      </Button>
    </div>
  );
}
