import type { CustomerId } from '@madoguchi/contract';
import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { customerListQuery, customerQuery } from '../data/queries.ts';
import { HonorificName } from '../ui/honorific-name.tsx';
import { EmptyState, SkeletonRows } from '../ui/states.tsx';
import { CustomerSquare } from '../ui/who.tsx';
import { Rows } from './customer-panel.tsx';
import styles from './customers.module.css';

/** Everything that lies between us and one customer. */
export function CustomerPage({ customerId }: { customerId: CustomerId }) {
  const { t } = useTranslation();
  const { data: customer, error } = useQuery(customerQuery(customerId));
  const { data: items } = useQuery(customerListQuery(customerId));
  if (error !== null) {
    return (
      <EmptyState
        icon={<IconLock />}
        title={t('conversation.notFound')}
        hint={t('conversation.notFoundHint')}
      />
    );
  }
  if (customer === undefined || items === undefined) return <SkeletonRows />;
  const name = customer.name || (customer.addresses[0] ?? '');
  return (
    <section className={styles.page}>
      <header className={styles.pageHead}>
        <CustomerSquare name={name} size={32} />
        <h1>
          <HonorificName name={name} />
        </h1>
        <span className="muted small cut">{customer.addresses.join('、')}</span>
      </header>
      <div className={styles.rows}>
        <Rows items={items} />
      </div>
    </section>
  );
}
