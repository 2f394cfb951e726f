import { type SearchHit, searchRoute } from '@madoguchi/contract';
import { IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { useNow } from '../data/clock.ts';
import { faultWords } from '../data/fault.ts';
import { keys } from '../data/keys.ts';
import { useMailboxes } from '../data/queries.ts';
import { Button } from '../ui/button.tsx';
import { honorificWord } from '../ui/honorific-name.tsx';
import { Page } from '../ui/page.tsx';
import { EmptyState, SkeletonRows } from '../ui/states.tsx';
import { StatusShape } from '../ui/status-shape.tsx';
import { rowTime } from '../ui/time-words.ts';
import styles from './search.module.css';

const MOST = 200;

interface Props {
  q: string;
  onSearch: (q: string) => void;
}

/** Subject, text and addresses; the newest 200. */
export function SearchPage({ q, onSearch }: Props) {
  const { t } = useTranslation();
  const [words, setWords] = useState(q);
  const field = useRef<HTMLInputElement>(null);
  const found = useQuery({
    queryKey: keys.search(q),
    queryFn: async ({ signal }) => (await call(searchRoute, { query: { q } }, { signal })).items,
    enabled: q !== '',
  });
  useEffect(() => field.current?.focus(), []);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(words.trim());
  };
  const count = found.data?.length ?? 0;
  return (
    <Page title={t('search.title')}>
      <search>
        <form className={styles.form} onSubmit={onSubmit}>
          <IconSearch size={18} stroke={1.6} aria-hidden="true" />
          <input
            ref={field}
            type="search"
            aria-label={t('search.field')}
            placeholder={t('search.field')}
            value={words}
            maxLength={200}
            onChange={(event) => setWords(event.target.value)}
          />
          <Button look="solid" type="submit">
            {t('search.title')}
          </Button>
        </form>
      </search>
      {q === '' ? (
        <EmptyState icon={<IconSearch />} title={t('search.hint')} hint={t('search.hintMore')} />
      ) : found.error !== null ? (
        <EmptyState role="alert" icon={<IconSearchOff />} title={faultWords(found.error, t)}>
          <Button onClick={() => void found.refetch()}>{t('act.retry')}</Button>
        </EmptyState>
      ) : found.data === undefined ? (
        <SkeletonRows />
      ) : count === 0 ? (
        <EmptyState icon={<IconSearchOff />} title={t('search.nothing')} hint={t('search.nothingHint')} />
      ) : (
        <>
          <p className={styles.count} role="status">
            {t(count >= MOST ? 'search.newest' : 'search.found', { count })}
          </p>
          <ul>
            {found.data.map((hit) => (
              <Hit key={hit.conversation.id} hit={hit} />
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}

/** The signs before quoted lines, and the rules that people draw across a letter, say nothing in one line. */
const plain = (text: string): string =>
  text.replace(/(^|\s)>[>\s]*/g, ' ').replace(/([-_=*~\u2010-\u2015\u2500-\u257f\u30fc])\1{4,}/g, ' ');

function Hit({ hit }: { hit: SearchHit }) {
  const { t } = useTranslation();
  const now = useNow();
  const { conversation: item, around, from, to } = hit;
  const mailbox = useMailboxes().find((each) => each.id === item.mailboxId);
  const name = item.customer?.name || item.customer?.address || t('list.noName');
  return (
    <li>
      <Link className={styles.hit ?? ''} to="/c/$conversationId" params={{ conversationId: item.id }}>
        <StatusShape status={item.status} size={14} />
        <span className={styles.who}>
          <b className="cut">{name}</b>
          <small>{honorificWord(name)}</small>
          <span className="cut grow">{item.subject || t('list.noSubject')}</span>
          <small className={styles.mailbox}>{mailbox?.name}</small>
          <time className="num">{rowTime(new Date(item.lastMessageAt), now, t)}</time>
        </span>
        {around !== '' && (
          <span className={styles.around}>
            {plain(around.slice(0, from))}
            <mark>{around.slice(from, to)}</mark>
            {plain(around.slice(to))}
          </span>
        )}
      </Link>
    </li>
  );
}
