import { listConversationsRoute } from '@madoguchi/contract';
import { IconArrowBackUp, IconCircleCheck, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { useNow } from '../data/clock.ts';
import { keys } from '../data/keys.ts';
import { Button } from '../ui/button.tsx';
import { rowTime } from '../ui/time-words.ts';
import { toast } from '../ui/toasts.ts';
import { CustomerSquare } from '../ui/who.tsx';
import styles from './front.module.css';

const LOOK_EVERY = 3_000;

interface Props {
  address: string;
  onDone: () => void;
}

/** The last step: one sends a letter from one's own mail and sees it arrive. */
export function ArrivalStep({ address, onDone }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const { data } = useQuery({
    queryKey: [...keys.lists(), 'first'],
    queryFn: ({ signal }) =>
      call(listConversationsRoute, { query: { sort: 'newest', limit: 1 } }, { signal }),
    refetchInterval: LOOK_EVERY,
  });
  const first = data?.items[0];
  const name = first?.customer?.name || first?.customer?.address || '';
  const copy = async () => {
    await navigator.clipboard?.writeText(address);
    toast(t('act.copied'));
  };
  return (
    <>
      <div className={styles.big}>
        <span className="grow cut">{address}</span>
        <Button icon={<IconCopy size={16} stroke={1.7} aria-hidden="true" />} onClick={() => void copy()}>
          {t('act.copy')}
        </Button>
      </div>
      <div className={styles.came} data-here={first === undefined ? undefined : ''} role="status">
        {first === undefined ? (
          <p>
            <span className={styles.pulse} aria-hidden="true" />
            {t('setup.waiting')}
          </p>
        ) : (
          <>
            <p>
              <IconCircleCheck size={16} stroke={1.7} aria-hidden="true" />
              {t('setup.came', { time: rowTime(new Date(first.lastMessageAt), now, t) })}
            </p>
            <div className={styles.mail}>
              <CustomerSquare name={name} />
              <span className="grow cut">
                <b>{name}</b> {first.subject}
              </span>
              <Button
                look="solid"
                icon={<IconArrowBackUp size={16} stroke={1.7} aria-hidden="true" />}
                onClick={onDone}
              >
                {t('setup.tryReply')}
              </Button>
            </div>
          </>
        )}
      </div>
      <p className={styles.after}>{t('setup.notYet')}</p>
      <div className={styles.acts}>
        <Button size="form" onClick={onDone}>
          {t('setup.toList')}
        </Button>
      </div>
    </>
  );
}
