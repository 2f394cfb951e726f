import { IconBookmark } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useViews, viewCountsQuery } from '../../data/queries.ts';
import styles from '../nav.module.css';
import { Inside, Tip } from '../nav-item.tsx';
import { sumOf } from '../view.ts';

/** 保存した一覧 in the navigation; the number beside each is the length of its list. */
export function NavViews({ onGo }: { onGo: () => void }) {
  const { t } = useTranslation();
  const views = useViews() ?? [];
  const { data: counted } = useQuery({ ...viewCountsQuery, enabled: views.length > 0 });
  if (views.length === 0) return null;
  const countOf = (id: string) => {
    const found = counted?.find(({ viewId }) => viewId === id);
    return found === undefined ? 0 : sumOf(found.counts);
  };
  return (
    <>
      <h2>{t('view.title')}</h2>
      <ul>
        {views.map(({ id, name }) => (
          <li key={id}>
            <Tip name={name}>
              <Link
                to="/v/$view"
                params={{ view: id }}
                className={styles.item ?? ''}
                onClick={onGo}
                activeOptions={{ includeSearch: false }}
              >
                <Inside icon={<IconBookmark />} name={name} count={countOf(id)} />
              </Link>
            </Tip>
          </li>
        ))}
      </ul>
    </>
  );
}
