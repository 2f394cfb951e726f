import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../data/clock.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import styles from './composer.module.css';
import { fromField, laterChoices, toField } from './later-choices.ts';

const YEAR = 365 * 24 * 3_600_000;

interface Props {
  /** What is chosen already. */
  at?: Date;
  onClose: () => void;
  onChoose: (at: Date) => void;
}

/** Any moment of the coming year, by the clock on the person's wall. */
export function LaterDialog({ at, onClose, onChoose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => toField(at ?? laterChoices(serverNow()).at(-1)?.at ?? serverNow()));
  const [tried, setTried] = useState(false);
  const chosen = fromField(text);
  const ahead = chosen === null ? 0 : chosen.getTime() - serverNow().getTime();
  const fits = ahead > 0 && ahead <= YEAR;
  const choose = () => {
    if (chosen === null || !fits) return setTried(true);
    onChoose(chosen);
    onClose();
  };
  return (
    <Dialog opened title={t('leaving.chooseTitle')} onClose={onClose}>
      <form
        className={styles.later}
        onSubmit={(event) => {
          event.preventDefault();
          choose();
        }}
      >
        <TextField
          label={t('leaving.chooseDay')}
          type="datetime-local"
          value={text}
          min={toField(serverNow())}
          error={tried && !fits ? t('leaving.chooseBad') : undefined}
          data-autofocus
          onChange={(event) => setText(event.target.value)}
        />
        <p className="phrase small muted">{t('leaving.scheduledHint')}</p>
        <div className={styles.laterActs}>
          <Button look="quiet" onClick={onClose}>
            {t('act.cancel')}
          </Button>
          <Button look="solid" onClick={choose}>
            {t('leaving.chooseVerb')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
