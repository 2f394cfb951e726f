import type { SignIn, SignInOutcome } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../data/clock.ts';
import { useMemberById } from '../../data/queries.ts';
import { fullTime } from '../../ui/time-words.ts';
import { useFrame } from '../../ui/use-width.ts';
import { MemberCircle } from '../../ui/who.tsx';
import styles from './sign-ins.module.css';

interface Props {
  items: readonly SignIn[];
  withWho: boolean;
  /** Beside a block's heading there is room for cards only. */
  narrow?: boolean;
}

const REFUSED: readonly SignInOutcome[] = [
  'wrong_password',
  'wrong_second_factor',
  'slowed_down',
  'network_refused',
  'not_active',
];

/** ログイン履歴: a table where there is room, cards elsewhere. */
export function SignInTable({ items, withWho, narrow = false }: Props) {
  const { t } = useTranslation();
  const cards = useFrame() === 'phone' || narrow;
  const heads = [
    t('signIns.when'),
    ...(withWho ? [t('signIns.who')] : []),
    t('signIns.where'),
    t('signIns.device'),
    t('signIns.how'),
    t('signIns.outcome'),
  ];
  return (
    <table className={styles.table} data-narrow={cards || undefined}>
      <caption className="sr">{t('signIns.title')}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={item.id} item={item} withWho={withWho} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ item, withWho }: { item: SignIn; withWho: boolean }) {
  const { t } = useTranslation();
  const now = useNow();
  const member = useMemberById()(item.memberId);
  return (
    <tr>
      <td className="num">
        <time dateTime={item.at}>{fullTime(new Date(item.at), now, t)}</time>
      </td>
      {withWho && (
        <td>
          <span className={styles.who}>
            <MemberCircle member={member} size={20} silent />
            <span className="cut">{member?.name}</span>
          </span>
        </td>
      )}
      <td className="plain num">{item.address}</td>
      <td>{item.device || t('safety.unknownDevice')}</td>
      <td>{t(`signIns.ways.${item.way}`)}</td>
      <td className={REFUSED.includes(item.outcome) ? styles.refused : ''}>
        {t(`signIns.outcomes.${item.outcome}`)}
        {item.unusual && <span className={styles.unusual}>{t('signIns.unusual')}</span>}
      </td>
    </tr>
  );
}
