import { IconDeviceMobile, IconFingerprint } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { passkeysWork } from '../data/passkeys.ts';
import { addPasskey, beginTotp, confirmTotp, keyOf } from '../data/second-factor.ts';
import { signOut } from '../data/sign-in.ts';
import { factorWords } from '../data/sign-in-words.ts';
import { Button } from '../ui/button.tsx';
import { PasskeyForm } from '../ui/passkey-form.tsx';
import { TotpSetup } from '../ui/totp-setup.tsx';
import styles from './front.module.css';
import { Front } from './front.tsx';

type Choice = 'app' | 'passkey' | null;

const ICON = { size: 20, stroke: 1.6, 'aria-hidden': true } as const;

/** The only page of a person whose role asks for a second factor, until he has one. */
export function SecondFactorPage({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const explain = (fault: unknown) => factorWords(fault, t);
  const [choice, setChoice] = useState<Choice>(passkeysWork() ? null : 'app');
  const begin = async (password: string) => {
    const { totpURI, backupCodes } = await beginTotp(password);
    return { uri: totpURI, key: keyOf(totpURI), codes: backupCodes };
  };
  return (
    <Front>
      <h1>{t('factor.needed')}</h1>
      <p className={styles.lead}>{t('factor.neededText')}</p>
      {choice === null && <Choices onChoose={setChoice} />}
      {choice === 'app' && (
        <TotpSetup begin={begin} confirm={confirmTotp} explain={explain} onDone={onDone} />
      )}
      {choice === 'passkey' && <PasskeyForm add={addPasskey} explain={explain} onDone={onDone} />}
      <div className={styles.others}>
        {choice !== null && passkeysWork() ? (
          <Button look="quiet" onClick={() => setChoice(null)}>
            {t('factor.back')}
          </Button>
        ) : (
          <span />
        )}
        <Button look="quiet" onClick={() => void signOut()}>
          {t('factor.signOut')}
        </Button>
      </div>
    </Front>
  );
}

function Choices({ onChoose }: { onChoose: (choice: Choice) => void }) {
  const { t } = useTranslation();
  const choices = [
    { choice: 'app', icon: <IconDeviceMobile {...ICON} />, word: 'factor.chooseApp' },
    { choice: 'passkey', icon: <IconFingerprint {...ICON} />, word: 'factor.choosePasskey' },
  ] as const;
  return (
    <ul className={styles.choices}>
      {choices.map(({ choice, icon, word }) => (
        <li key={choice}>
          <button type="button" onClick={() => onChoose(choice)}>
            {icon}
            <span>
              <b>{t(word)}</b>
              <small>{t(`${word}Text`)}</small>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
