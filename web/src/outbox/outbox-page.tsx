import {
  type DeliveryState,
  listOutgoingRoute,
  type OutgoingItem,
  settleOutgoingRoute,
} from '@madoguchi/contract';
import {
  IconAlertTriangle,
  IconChevronDown,
  IconClock,
  IconHelpCircle,
  IconRefresh,
  IconSend,
} from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { keys } from '../data/keys.ts';
import { useMyMailboxes } from '../data/queries.ts';
import { useMayIn } from '../data/rights.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { Page } from '../ui/page.tsx';
import { EmptyState, SkeletonRows } from '../ui/states.tsx';
import { toast } from '../ui/toasts.ts';
import styles from './outbox.module.css';
import { OutgoingRow, UnknownCard } from './outgoing-row.tsx';

type Decision = 'retry' | 'arrived' | 'give_up';

const ICON = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;
const GROUPS: ReadonlyArray<{
  key: 'unknown' | 'refused' | 'stopped' | 'waiting' | 'deferred' | 'queued' | 'scheduled';
  states: readonly DeliveryState[];
  icon: ReactNode;
  tone: 'bad' | 'go' | '';
}> = [
  { key: 'unknown', states: ['unknown'], icon: <IconHelpCircle {...ICON} />, tone: 'bad' },
  { key: 'refused', states: ['refused', 'bounced'], icon: <IconAlertTriangle {...ICON} />, tone: 'bad' },
  { key: 'stopped', states: ['stopped'], icon: <IconClock {...ICON} />, tone: 'bad' },
  { key: 'waiting', states: ['waiting_for_way'], icon: <IconClock {...ICON} />, tone: 'bad' },
  { key: 'deferred', states: ['deferred'], icon: <IconRefresh {...ICON} />, tone: '' },
  { key: 'queued', states: ['queued', 'sending'], icon: <IconSend {...ICON} />, tone: 'go' },
  { key: 'scheduled', states: [], icon: <IconClock {...ICON} />, tone: '' },
];

/** What waits for a moment that its author chose does not leave soon. */
function groupOf({ delivery: { state, scheduled } }: OutgoingItem) {
  if (state === 'queued' && scheduled) return 'scheduled';
  return GROUPS.find(({ states }) => states.includes(state))?.key;
}

const outgoingQuery = {
  queryKey: keys.outgoing(),
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const items: OutgoingItem[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: { limit: number; cursor?: string } =
        cursor === '' ? { limit: 200 } : { limit: 200, cursor };
      const page = await call(listOutgoingRoute, { query }, { signal });
      items.push(...page.items);
      cursor = page.next;
    }
    return items;
  },
};

/** 送信トレイ: every letter of ours that is not out of the house, and what a person must decide. */
export function OutboxPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const mailboxes = useMyMailboxes();
  const mayIn = useMayIn();
  const [mailboxId, setMailboxId] = useState<string | null>(null);
  const [asking, setAsking] = useState<{ item: OutgoingItem; decision: Decision } | null>(null);
  const { data: all, error, refetch } = useQuery(outgoingQuery);
  const items = all?.filter((item) => mailboxId === null || item.mailboxId === mailboxId);

  const decide = async (item: OutgoingItem, decision: Decision) => {
    try {
      await call(settleOutgoingRoute, {
        params: { outgoingId: item.id },
        body: { decision, seenState: item.delivery.state },
      });
    } catch (fault) {
      toast(faultWords(fault, t), { tone: 'alarm' });
    }
    for (const queryKey of [keys.outgoing(), keys.counts(), keys.lists()])
      void queries.invalidateQueries({ queryKey });
    if (item.conversationId !== null)
      void queries.invalidateQueries({ queryKey: keys.messages(item.conversationId) });
  };
  const ask = (item: OutgoingItem, decision: Decision) => {
    const risky = decision === 'give_up' || (decision === 'retry' && item.delivery.state === 'unknown');
    if (risky) setAsking({ item, decision });
    else void decide(item, decision);
  };
  const maySettle = (item: OutgoingItem) => mayIn('outgoing.settle', item.mailboxId);
  const chosen = mailboxes.find((mailbox) => mailbox.id === mailboxId);
  const groups = GROUPS.map((group) => ({
    ...group,
    items: items?.filter((item) => groupOf(item) === group.key) ?? [],
  })).filter((group) => group.items.length > 0);

  return (
    <Page
      title={t('outbox.title')}
      lead={t('outbox.lead')}
      tools={
        mailboxes.length > 1 && (
          <Menu
            align="end"
            target={
              <Button>
                {chosen?.name ?? t('outbox.allMailboxes')}
                <IconChevronDown size={14} stroke={1.8} aria-hidden="true" />
              </Button>
            }
          >
            <MenuItem chosen={mailboxId === null} onClick={() => setMailboxId(null)}>
              {t('outbox.allMailboxes')}
            </MenuItem>
            {mailboxes.map((mailbox) => (
              <MenuItem
                key={mailbox.id}
                chosen={mailbox.id === mailboxId}
                onClick={() => setMailboxId(mailbox.id)}
              >
                {mailbox.name}
              </MenuItem>
            ))}
          </Menu>
        )
      }
    >
      {error !== null && items === undefined && (
        <EmptyState role="alert" icon={<IconAlertTriangle />} title={faultWords(error, t)}>
          <Button onClick={() => void refetch()}>{t('act.retry')}</Button>
        </EmptyState>
      )}
      {items === undefined && error === null && <SkeletonRows count={4} />}
      {items?.length === 0 && <EmptyState icon={<IconSend />} title={t('outbox.empty')} />}
      {groups.map((group) => (
        <section key={group.key}>
          <div className={`${styles.sect} ${group.tone === '' ? '' : styles[group.tone]}`}>
            <h2 className="grow">
              {group.icon}
              {t(`outbox.${group.key}`)}
              <span className="num">{group.items.length}</span>
            </h2>
            {group.key === 'deferred' && group.items.length > 1 && group.items.every(maySettle) && (
              <Button
                size="sm"
                onClick={() => void Promise.all(group.items.map((item) => decide(item, 'retry')))}
              >
                {t('outbox.allNow')}
              </Button>
            )}
          </div>
          {group.key === 'unknown' ? (
            group.items.map((item) => (
              <UnknownCard key={item.id} item={item} onDecide={(decision) => ask(item, decision)} />
            ))
          ) : (
            <ul className={styles.rows}>
              {group.items.map((item) => (
                <OutgoingRow key={item.id} item={item} onDecide={(decision) => ask(item, decision)} />
              ))}
            </ul>
          )}
        </section>
      ))}
      <Ask
        opened={asking !== null}
        title={t(asking?.decision === 'retry' ? 'outbox.askAgain' : 'outbox.askStop')}
        text={
          asking?.decision === 'retry'
            ? t('outbox.askAgainText')
            : t('outbox.askStopText', { subject: asking?.item.subject ?? '' })
        }
        verb={t(asking?.decision === 'retry' ? 'outbox.again' : 'outbox.stop')}
        danger
        onNo={() => setAsking(null)}
        onYes={() => {
          if (asking !== null) void decide(asking.item, asking.decision);
          setAsking(null);
        }}
      />
    </Page>
  );
}
