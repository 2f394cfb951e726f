import { IconFingerprint } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../data/clock.ts';
import { keys } from '../../data/keys.ts';
import { passkeysWork } from '../../data/passkeys.ts';
import { addPasskey, deletePasskey, listPasskeys, type Passkey } from '../../data/second-factor.ts';
import { factorWords } from '../../data/sign-in-words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PasskeyForm } from '../../ui/passkey-form.tsx';
import { PasswordStep } from '../../ui/password-step.tsx';
import { fullTime } from '../../ui/time-words.ts';
import { toast } from '../../ui/toasts.ts';
import { Block } from '../block.tsx';
import styles from './security.module.css';

export function PasskeysBlock() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: passkeys } = useQuery({ queryKey: keys.passkeys(), queryFn: listPasskeys });
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  const nameOf = ({ name, provider }: Passkey) => name || provider || t('passkeys.unnamed');
  const explain = (fault: unknown) => factorWords(fault, t);
  const done = (words: string) => {
    setAdding(false);
    setRemoving(null);
    toast(words);
    for (const queryKey of [keys.passkeys(), keys.me()]) void queries.invalidateQueries({ queryKey });
  };
  const remove = async (password: string) => {
    if (removing === null) return;
    await deletePasskey(removing.id, password);
    done(t('passkeys.removed'));
  };
  return (
    <Block title={t('passkeys.title')} text={t('passkeys.text')} anchor="passkeys">
      {passkeys?.length === 0 && <p className={styles.none}>{t('passkeys.none')}</p>}
      <ul className={styles.rows}>
        {passkeys?.map((passkey) => (
          <PasskeyRow
            key={passkey.id}
            passkey={passkey}
            name={nameOf(passkey)}
            onRemove={() => setRemoving(passkey)}
          />
        ))}
      </ul>
      {passkeysWork() ? (
        <Button onClick={() => setAdding(true)}>{t('passkeys.add')}</Button>
      ) : (
        <p className={styles.none}>{t('passkeys.notHere')}</p>
      )}
      <Dialog opened={adding} title={t('passkeys.add')} onClose={() => setAdding(false)}>
        <PasskeyForm add={addPasskey} explain={explain} onDone={() => done(t('passkeys.added'))} />
      </Dialog>
      <Dialog
        opened={removing !== null}
        title={t('passkeys.askRemove', { name: removing === null ? '' : nameOf(removing) })}
        onClose={() => setRemoving(null)}
      >
        <p className="phrase">{t('passkeys.askRemoveText')}</p>
        <PasswordStep danger verb={t('passkeys.remove')} explain={explain} onPassword={remove} />
      </Dialog>
    </Block>
  );
}

interface RowProps {
  passkey: Passkey;
  name: string;
  onRemove: () => void;
}

function PasskeyRow({ passkey, name, onRemove }: RowProps) {
  const { t } = useTranslation();
  const now = useNow();
  const { createdAt, provider } = passkey;
  const added =
    createdAt === null ? '' : t('passkeys.addedAt', { time: fullTime(new Date(createdAt), now, t) });
  return (
    <li className={styles.row}>
      <IconFingerprint size={20} stroke={1.6} aria-hidden="true" />
      <span className="grow">
        {name}
        <small className="num">{[added, provider].filter((part) => part !== '').join('・')}</small>
      </span>
      <Button size="sm" look="quiet" aria-label={t('passkeys.removeOf', { name })} onClick={onRemove}>
        {t('passkeys.remove')}
      </Button>
    </li>
  );
}
