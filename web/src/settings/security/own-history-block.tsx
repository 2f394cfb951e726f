import { listSignInsRoute } from '@madoguchi/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/client.ts';
import { keys } from '../../data/keys.ts';
import { Block } from '../block.tsx';
import styles from './security.module.css';
import { SignInTable } from './sign-in-table.tsx';

const NEWEST = 20;

export function OwnHistoryBlock() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: keys.signInsOf('newest'),
    queryFn: ({ signal }) => call(listSignInsRoute, { query: { memberId: 'me', limit: NEWEST } }, { signal }),
  });
  const items = data?.items ?? [];
  return (
    <Block
      title={t('safety.history')}
      text={t('safety.historyText', { count: items.length })}
      anchor="own-history"
    >
      <SignInTable items={items} withWho={false} narrow />
      <p className={styles.all}>
        <Link to="/settings/$section" params={{ section: 'sign-ins' }}>
          {t('safety.historyAll')}
        </Link>
      </p>
    </Block>
  );
}
