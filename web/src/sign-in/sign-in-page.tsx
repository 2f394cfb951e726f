import { readDemoRoute, readSetupRoute } from '@madoguchi/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { keys } from '../data/keys.ts';
import { signIn } from '../data/sign-in.ts';
import { Button } from '../ui/button.tsx';
import styles from './front.module.css';
import { Front } from './front.tsx';
import { SignInForm } from './sign-in-form.tsx';

const useDemoPeople = () =>
  useQuery({
    queryKey: keys.demoPeople(),
    queryFn: async ({ signal }) =>
      (await call(readSetupRoute, {}, { signal })).demo ? call(readDemoRoute, {}, { signal }) : null,
  }).data;

interface Props {
  /** Why a person who was signed in comes here. */
  why?: 'network' | 'ended' | undefined;
  onDone: () => void;
}

export function SignInPage({ why, onDone }: Props) {
  const { t } = useTranslation();
  const demo = useDemoPeople();
  const enter = async (email: string, password: string) => {
    if ((await signIn(email, password)) === 'inside') onDone();
  };
  return (
    <Front narrow>
      <h1>{t('signIn.title')}</h1>
      {why !== undefined && (
        <p className={styles.error} role="alert">
          {t(`ended.${why === 'network' ? 'network' : 'title'}`)}
        </p>
      )}
      <SignInForm onDone={onDone} />
      {demo ? (
        <div className={styles.fields}>
          <p className="muted small">{t('signIn.demo')}</p>
          {demo.people.map((person) => (
            <Button key={person.email} onClick={() => void enter(person.email, demo.password)}>
              {person.name}
            </Button>
          ))}
        </div>
      ) : (
        <p className={styles.after}>{t('signIn.forgot')}</p>
      )}
    </Front>
  );
}
