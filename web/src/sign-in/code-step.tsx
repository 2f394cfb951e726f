import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { signInByCode, signInByRecoveryCode } from '../data/sign-in.ts';
import { signInWords } from '../data/sign-in-words.ts';
import { Button } from '../ui/button.tsx';
import { CODE_LENGTH, CodeField, TextField } from '../ui/field.tsx';
import styles from './front.module.css';

interface Props {
  onDone: () => void;
  /** Back to the password; with words when its place was kept too long. */
  onBack: (words: string) => void;
}

/** The second step: six digits of the app, or a recovery code on the day the app is lost. */
export function CodeStep({ onDone, onBack }: Props) {
  const { t } = useTranslation();
  const [byRecovery, setByRecovery] = useState(false);
  const [code, setCode] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async (given: string) => {
    setBusy(true);
    setError('');
    try {
      await (byRecovery ? signInByRecoveryCode(given.trim()) : signInByCode(given));
      onDone();
    } catch (fault) {
      if (codeOf(fault) === 'accounts.sign_in_over') return onBack(faultWords(fault, t));
      setError(signInWords(fault, t(byRecovery ? 'enter.recoveryWrong' : 'enter.codeWrong'), t));
      setCode('');
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void send(code);
  };
  const change = () => {
    setByRecovery(!byRecovery);
    setCode('');
    setError('');
  };
  return (
    <form onSubmit={onSubmit}>
      <h2 className={styles.stepTitle}>{t('enter.codeTitle')}</h2>
      <p className={styles.lead}>{t(byRecovery ? 'enter.recoveryText' : 'enter.codeText')}</p>
      <div className={styles.fields}>
        {byRecovery ? (
          <TextField
            key="recovery"
            label={t('enter.recovery')}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            required
            autoFocus
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        ) : (
          <CodeField
            key="code"
            label={t('enter.code')}
            autoFocus
            value={code}
            onCode={setCode}
            onFull={send}
          />
        )}
      </div>
      {error !== '' && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <div className={styles.acts}>
        <Button
          look="solid"
          size="form"
          type="submit"
          busy={busy}
          disabled={code.trim().length < CODE_LENGTH}
        >
          {t('signIn.go')}
        </Button>
      </div>
      <div className={styles.others}>
        <Button look="quiet" onClick={change}>
          {t(byRecovery ? 'enter.useApp' : 'enter.useRecovery')}
        </Button>
        <Button look="quiet" onClick={() => onBack('')}>
          {t('enter.startOver')}
        </Button>
      </div>
    </form>
  );
}
