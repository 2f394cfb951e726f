import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../data/keys.ts';
import {
  beginTotp,
  confirmTotp,
  endTotp,
  keyOf,
  readTotpState,
  renewRecoveryCodes,
} from '../../data/second-factor.ts';
import { factorWords } from '../../data/sign-in-words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PasswordStep } from '../../ui/password-step.tsx';
import { RecoveryCodes } from '../../ui/recovery-codes.tsx';
import { toast } from '../../ui/toasts.ts';
import { TotpSetup } from '../../ui/totp-setup.tsx';
import { Block } from '../block.tsx';
import styles from './security.module.css';

type Doing = 'setUp' | 'turnOff' | 'newCodes' | null;

/** 2段階認証: on, off, and new recovery codes. */
export function FactorBlock() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: state } = useQuery({ queryKey: keys.totp(), queryFn: readTotpState });
  const [doing, setDoing] = useState<Doing>(null);
  const done = (words: string) => {
    setDoing(null);
    if (words !== '') toast(words);
    for (const queryKey of [keys.totp(), keys.me(), keys.sessions()])
      void queries.invalidateQueries({ queryKey });
  };
  return (
    <Block title={t('factor.title')} text={t('factor.text')} anchor="two-factor">
      {state !== undefined && (
        <div className={styles.line}>
          <span className="grow">
            <b className={state.totp ? styles.on : 'muted'}>{t(state.totp ? 'factor.on' : 'factor.off')}</b>
            {state.totp && (
              <small className="num">{t('factor.codesLeft', { count: state.backupCodesLeft })}</small>
            )}
          </span>
          {state.totp ? (
            <>
              <Button onClick={() => setDoing('newCodes')}>{t('factor.newCodes')}</Button>
              <Button look="quiet" onClick={() => setDoing('turnOff')}>
                {t('factor.turnOff')}
              </Button>
            </>
          ) : (
            <Button onClick={() => setDoing('setUp')}>{t('factor.setUp')}</Button>
          )}
        </div>
      )}
      <SetUpDialog
        opened={doing === 'setUp'}
        onClose={() => done('')}
        onDone={() => done(t('factor.turnedOn'))}
      />
      <OffDialog
        opened={doing === 'turnOff'}
        onClose={() => setDoing(null)}
        onDone={() => done(t('factor.turnedOff'))}
      />
      <CodesDialog opened={doing === 'newCodes'} onClose={() => done('')} />
    </Block>
  );
}

interface DialogProps {
  opened: boolean;
  onClose: () => void;
}

function SetUpDialog({ opened, onClose, onDone }: DialogProps & { onDone: () => void }) {
  const { t } = useTranslation();
  const begin = async (password: string) => {
    const { totpURI, backupCodes } = await beginTotp(password);
    return { uri: totpURI, key: keyOf(totpURI), codes: backupCodes };
  };
  return (
    <Dialog opened={opened} size={520} title={t('factor.title')} onClose={onClose}>
      <TotpSetup
        begin={begin}
        confirm={confirmTotp}
        explain={(fault) => factorWords(fault, t)}
        onDone={onDone}
      />
    </Dialog>
  );
}

function OffDialog({ opened, onClose, onDone }: DialogProps & { onDone: () => void }) {
  const { t } = useTranslation();
  const off = async (password: string) => {
    await endTotp(password);
    onDone();
  };
  return (
    <Dialog opened={opened} title={t('factor.askOff')} onClose={onClose}>
      <p className="phrase">{t('factor.askOffText')}</p>
      <PasswordStep
        danger
        verb={t('factor.turnOff')}
        explain={(fault) => factorWords(fault, t)}
        onPassword={off}
      />
    </Dialog>
  );
}

function CodesDialog({ opened, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [codes, setCodes] = useState<readonly string[]>([]);
  const close = () => {
    setCodes([]);
    onClose();
  };
  return (
    <Dialog opened={opened} size={520} title={t('factor.newCodes')} onClose={close}>
      {codes.length > 0 ? (
        <RecoveryCodes codes={codes} onKept={close} />
      ) : (
        <>
          <p className="phrase">{t('factor.newCodesText')}</p>
          <PasswordStep
            verb={t('factor.newCodes')}
            explain={(fault) => factorWords(fault, t)}
            onPassword={async (password) => setCodes(await renewRecoveryCodes(password))}
          />
        </>
      )}
    </Dialog>
  );
}
