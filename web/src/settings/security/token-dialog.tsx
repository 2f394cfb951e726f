import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultWords } from '../../data/fault.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { toast } from '../../ui/toasts.ts';
import { useTry } from '../../ui/use-try.ts';
import settings from '../settings.module.css';

const NAME_MOST = 100;

interface Props {
  opened: boolean;
  /** Makes it and gives the word, which is told this once. */
  add: (name: string) => Promise<string>;
  onClose: () => void;
}

export function TokenDialog({ opened, add, onClose }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [word, setWord] = useState('');
  const { error, busy, run } = useTry((fault) => faultWords(fault, t));
  const close = () => {
    setName('');
    setWord('');
    onClose();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => setWord(await add(name.trim())));
  };
  return (
    <Dialog
      opened={opened}
      size={520}
      title={t(word === '' ? 'safety.addToken' : 'safety.tokenMade')}
      // A word that is shown this once does not go by a click beside it.
      closable={word === ''}
      onClose={close}
    >
      {word === '' ? (
        <form onSubmit={onSubmit}>
          <TextField
            label={t('safety.tokenName')}
            hint={t('safety.tokenNameHint')}
            required
            maxLength={NAME_MOST}
            autoComplete="off"
            data-autofocus
            value={name}
            error={error}
            onChange={(event) => setName(event.target.value)}
          />
          <div className={settings.acts}>
            <Button look="solid" type="submit" busy={busy} disabled={name.trim() === ''}>
              {t('safety.addToken')}
            </Button>
          </div>
        </form>
      ) : (
        <Made word={word} onClose={close} />
      )}
    </Dialog>
  );
}

function Made({ word, onClose }: { word: string; onClose: () => void }) {
  const { t } = useTranslation();
  const copy = async () => {
    await navigator.clipboard?.writeText(word);
    toast(t('act.copied'));
  };
  return (
    <>
      <p className="phrase">{t('safety.tokenMadeText')}</p>
      <div className={settings.link} translate="no">
        <output className="grow" aria-label={t('safety.tokenWord')}>
          {word}
        </output>
        {/* Selectable by hand, where the browser gives no clipboard on plain http. */}
        {navigator.clipboard !== undefined && <Button onClick={() => void copy()}>{t('act.copy')}</Button>}
      </div>
      <div className={settings.acts}>
        <Button look="solid" onClick={onClose}>
          {t('safety.tokenClose')}
        </Button>
      </div>
    </>
  );
}
