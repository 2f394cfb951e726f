import {
  type AccountTrial,
  checkSetupCodeRoute,
  readSetupRoute,
  setUpRoute,
  trySetupAccountRoute,
} from '@madoguchi/contract';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { accountOf } from '../data/mail-account.ts';
import { signIn } from '../data/sign-in.ts';
import { emptyDoor } from '../ui/door-form.tsx';
import { EmptyState } from '../ui/states.tsx';
import { ArrivalStep } from './arrival-step.tsx';
import styles from './front.module.css';
import { Front } from './front.tsx';
import type { SetupFacts } from './setup-facts.ts';
import { CompanyStep, DoorsStep, MailboxStep } from './setup-steps.tsx';

type Step = 1 | 2 | 3 | 4;
const STEPS: readonly Step[] = [1, 2, 3, 4];

const codeInAddress = (): string => new URLSearchParams(location.hash.slice(1)).get('code') ?? '';

/** The first run: four steps, each on one screen; nothing is written before the third is finished. */
export function SetupPage({ onDone }: { onDone: (where: 'list') => void }) {
  const { t } = useTranslation();
  const state = useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => call(readSetupRoute, {}, { signal }),
  });
  const [step, setStep] = useState<Step>(1);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const [trial, setTrial] = useState<AccountTrial | null>(null);
  const [facts, setFacts] = useState<SetupFacts>(() => ({
    code: codeInAddress(),
    company: '',
    name: '',
    email: '',
    password: '',
    mailboxName: '',
    mailboxAddress: '',
    imap: null,
    smtp: null,
  }));
  const set = (patch: Partial<SetupFacts>) => {
    setFacts((before) => ({ ...before, ...patch }));
    setTrial(null);
  };

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
  /** A mistyped code is said where it was typed, not two steps later. */
  const checkCode = () =>
    run(async () => {
      const { right } = await call(checkSetupCodeRoute, { body: { code: facts.code } });
      if (right) setStep(2);
      else setError(t('setup.codeWrong'));
    });
  const attempt = () =>
    run(async () => {
      const account = accountOf(facts.imap, facts.smtp);
      setTrial(await call(trySetupAccountRoute, { body: { code: facts.code, account } }));
    });
  const finish = (withAccount: boolean) =>
    run(async () => {
      const { imap, smtp, ...plain } = facts;
      const account = withAccount ? accountOf(imap, smtp) : null;
      const { email } = await call(setUpRoute, { body: { ...plain, account } });
      await signIn(email, facts.password);
      setStep(4);
    });
  const next = () => {
    if (step === 2)
      set({
        imap: facts.imap ?? emptyDoor('imap', facts.mailboxAddress),
        smtp: facts.smtp ?? emptyDoor('smtp', facts.mailboxAddress),
      });
    if (step === 1) void checkCode();
    else if (step === 2) setStep(3);
    else void finish(true);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    next();
  };

  if (state.data?.needed === false && step !== 4) {
    return (
      <Front narrow>
        <EmptyState
          icon={<IconCircleCheck />}
          title={t('setup.doneAlready')}
          hint={t('setup.doneAlreadyText')}
        >
          <a href="/sign-in">{t('signIn.title')}</a>
        </EmptyState>
      </Front>
    );
  }
  const shared = { facts, set, busy, onBack: () => setStep(step === 3 ? 2 : 1) };
  return (
    <Front>
      <ol className={styles.steps}>
        {STEPS.map((each) => (
          <li
            key={each}
            data-done={each < step || undefined}
            aria-current={each === step ? 'step' : undefined}
          >
            {t(`setup.step${each}`)}
          </li>
        ))}
      </ol>
      <h1>{t(`setup.head${step}`)}</h1>
      <p className={styles.lead}>{t(`setup.lead${step}`)}</p>
      {step === 4 ? (
        <ArrivalStep address={facts.mailboxAddress} onDone={() => onDone('list')} />
      ) : (
        <form onSubmit={onSubmit}>
          {step === 1 && <CompanyStep {...shared} />}
          {step === 2 && <MailboxStep {...shared} />}
          {step === 3 && (
            <DoorsStep
              {...shared}
              trial={trial}
              onTry={() => void attempt()}
              onLater={() => void finish(false)}
            />
          )}
          {error !== '' && (
            <p className={styles.error} role="alert">
              {error}
            </p>
          )}
        </form>
      )}
    </Front>
  );
}
