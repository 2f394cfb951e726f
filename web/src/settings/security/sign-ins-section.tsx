import { exportSignInsRoute, listSignInsRoute } from '@madoguchi/contract';
import { IconHistory, IconPlugConnectedX, IconTableExport } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, call } from '../../data/client.ts';
import { faultWords } from '../../data/fault.ts';
import { keys } from '../../data/keys.ts';
import { useMay, useMembers } from '../../data/queries.ts';
import { saveFile } from '../../data/save-file.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/field.tsx';
import { EmptyState, SkeletonRows } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.ts';
import settings from '../settings.module.css';
import { SignInTable } from './sign-in-table.tsx';
import styles from './sign-ins.module.css';

const PAGE = 50;
const EVERYONE = '';

const useSignIns = (memberId: string) =>
  useInfiniteQuery({
    queryKey: [...keys.signInsOf(memberId), 'pages'],
    queryFn: ({ signal, pageParam }) =>
      call(
        listSignInsRoute,
        {
          query: {
            limit: PAGE,
            ...(memberId === EVERYONE ? {} : { memberId }),
            ...(pageParam === '' ? {} : { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** ログイン履歴: everyone's for who may see them, else one's own. */
export function SignInsSection() {
  const { t } = useTranslation();
  const seesOthers = useMay()('people.see_sign_ins');
  const members = useMembers();
  const asked = useRouterState({ select: ({ location }) => location.searchStr });
  const [chosen, setChosen] = useState(new URLSearchParams(asked).get('member') ?? EVERYONE);
  const memberId = seesOthers ? chosen : 'me';
  const pages = useSignIns(memberId);
  const items = pages.data?.pages.flatMap((page) => page.items);
  const save = () => {
    const query = memberId === EVERYONE ? {} : { memberId };
    saveFile(addressOf(exportSignInsRoute, { query }), `${t('signIns.title')}.csv`).catch((fault: unknown) =>
      toast(faultWords(fault, t), { tone: 'alarm' }),
    );
  };
  const people = members.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <div className={`${settings.form} ${styles.section}`}>
      <div className={settings.top}>
        <h2>{t('signIns.title')}</h2>
        <span className="grow muted small">{t(seesOthers ? 'signIns.lead' : 'signIns.leadMine')}</span>
      </div>
      <div className={styles.tools}>
        {seesOthers && (
          <ChoiceField
            label={t('signIns.filter')}
            value={chosen}
            choices={[{ value: EVERYONE, label: t('signIns.everyone') }, ...people]}
            onChoose={setChosen}
          />
        )}
        <Button
          size="form"
          icon={<IconTableExport size={16} stroke={1.7} aria-hidden="true" />}
          onClick={save}
        >
          {t('signIns.csv')}
        </Button>
      </div>
      {items === undefined && pages.error !== null && (
        <EmptyState role="alert" icon={<IconPlugConnectedX />} title={t('signIns.failed')}>
          <Button onClick={() => void pages.refetch()}>{t('act.retry')}</Button>
        </EmptyState>
      )}
      {items === undefined && pages.error === null && <SkeletonRows count={5} />}
      {items?.length === 0 && (
        <EmptyState icon={<IconHistory />} title={t('signIns.empty')} hint={t('signIns.emptyHint')} />
      )}
      {items !== undefined && items.length > 0 && <SignInTable items={items} withWho={seesOthers} />}
      {pages.hasNextPage && (
        <Button
          className={styles.more}
          busy={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('signIns.more')}
        </Button>
      )}
    </div>
  );
}
