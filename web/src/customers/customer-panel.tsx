import type { Conversation, ConversationItem, CustomerId } from '@madoguchi/contract';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { customerListQuery, customerQuery } from '../data/queries.ts';
import { IconButton } from '../ui/button.tsx';
import { HonorificName } from '../ui/honorific-name.tsx';
import { StatusShape } from '../ui/status-shape.tsx';
import { rowTime } from '../ui/time-words.ts';
import { CustomerSquare } from '../ui/who.tsx';
import styles from './customers.module.css';

const SHOWN = 5;

interface Props {
  conversation: Conversation;
  onClose: () => void;
}

/** Who is writing to us, and what else lies between us: open conversations first. */
export function CustomerPanel({ conversation, onClose }: Props) {
  const { t } = useTranslation();
  const { customer } = conversation;
  return (
    <div className={styles.panel}>
      <div className={styles.top}>
        <span className="grow palt">{t('customer.title')}</span>
        <IconButton size="sm" label={t('act.close')} shortcut="I" onClick={onClose}>
          <IconX size={16} stroke={1.7} aria-hidden="true" />
        </IconButton>
      </div>
      {customer === null ? (
        <p className="muted small phrase">{t('customer.unknown')}</p>
      ) : (
        <Known
          conversation={conversation}
          customerId={customer.id}
          name={customer.name || customer.address}
          address={customer.address}
        />
      )}
    </div>
  );
}

interface KnownProps {
  conversation: Conversation;
  customerId: CustomerId;
  name: string;
  address: string;
}

function Known({ conversation, customerId, name, address }: KnownProps) {
  const { t } = useTranslation();
  const { data: customer } = useQuery(customerQuery(customerId));
  const { data: all = [] } = useQuery(customerListQuery(customerId));
  const others = all.filter((each) => each.id !== conversation.id);
  const open = others.filter((each) => each.status !== 'done');
  const past = others.filter((each) => each.status === 'done');
  const addresses = customer?.addresses ?? [address];
  const year = customer === undefined ? '' : new Date(customer.since).getFullYear();
  return (
    <>
      <div className={styles.card}>
        <CustomerSquare name={name} size={40} />
        <div className="grow">
          <b>
            <HonorificName name={name} />
          </b>
          <span className="muted small num">
            {customer === undefined ? '' : t('customer.since', { year, count: customer.conversations })}
          </span>
        </div>
      </div>
      <dl className={styles.facts}>
        {addresses.map((each, index) => (
          <Fragment key={each}>
            <dt>{index === 0 ? t('customer.mail') : ''}</dt>
            <dd className="plain">
              <Breakable address={each} />
            </dd>
          </Fragment>
        ))}
      </dl>
      {open.length > 0 && (
        <>
          <h3>{t('customer.open')}</h3>
          <Rows items={open.slice(0, SHOWN)} />
        </>
      )}
      {(past.length > 0 || open.length === 0) && <h3>{t('customer.past')}</h3>}
      {others.length === 0 && <p className="muted small">{t('customer.noneYet')}</p>}
      <Rows items={past.slice(0, SHOWN)} />
      {others.length > SHOWN && (
        <Link className="small" to="/customers/$customerId" params={{ customerId }}>
          {t('customer.all', { count: customer?.conversations ?? all.length })}
        </Link>
      )}
    </>
  );
}

/** An address too long for its line breaks before the @, not inside a word. */
function Breakable({ address }: { address: string }) {
  const at = address.lastIndexOf('@');
  return (
    <>
      {address.slice(0, Math.max(0, at))}
      <wbr />
      {address.slice(Math.max(0, at))}
    </>
  );
}

export function Rows({ items }: { items: readonly ConversationItem[] }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <ul>
      {items.map((item) => (
        <li key={item.id}>
          <Link className={styles.past ?? ''} to="/c/$conversationId" params={{ conversationId: item.id }}>
            <StatusShape status={item.status} size={14} />
            <span className="cut">{item.subject || t('list.noSubject')}</span>
            <time className="num">{rowTime(new Date(item.lastMessageAt), now, t)}</time>
          </Link>
        </li>
      ))}
    </ul>
  );
}
