import type {
  ConversationId,
  ConversationItem,
  KindCounts,
  SavedFilter,
  ViewColumn,
} from '@madoguchi/contract';
import {
  IconCircleCheck,
  IconFilterOff,
  IconInbox,
  IconMailOff,
  IconPlugConnectedX,
  IconTrash,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChanges } from '../conversation/changes.ts';
import { faultDetails, isNotFound } from '../data/fault.ts';
import { conversationQuery, countQuery, useCounts, useMe, useStatuses } from '../data/queries.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState, SkeletonRows } from '../ui/states.tsx';
import { toast } from '../ui/toasts.ts';
import { BulkHead } from './bulk/bulk-head.tsx';
import type { Bulk } from './bulk/use-bulk.ts';
import type { BulkMenu } from './bulk/use-bulk-keys.ts';
import type { Chosen } from './bulk/use-selection.ts';
import { FilterStrip } from './filter/filter-strip.tsx';
import styles from './list.module.css';
import { ListHead } from './list-head.tsx';
import { LiveStrip } from './live-strip.tsx';
import { RowActs } from './row-acts.tsx';
import { RowList, type ShownGroup } from './row-list.tsx';
import { Tabs } from './tabs.tsx';
import { useCalmGroups } from './use-calm-groups.ts';
import { useExport } from './use-export.ts';
import { useGroups } from './use-rows.ts';
import { useStayingRow } from './use-staying-row.ts';
import {
  countsOf,
  filterOf,
  groupCount,
  groupsByStatus,
  groupsOf,
  hasTabs,
  isPlain,
  type Order,
  type Tab,
  tabCount,
  type View,
  wholeFilterOf,
} from './view.ts';

interface Props {
  view: View;
  title: string;
  address: string | undefined;
  tab: Tab;
  order: Order;
  filter: SavedFilter | undefined;
  onFilter: (filter: SavedFilter | undefined) => void;
  chosen: Chosen;
  bulk: Bulk;
  bulkMenu: BulkMenu;
  onBulkMenu: (menu: BulkMenu) => void;
  /** How many the whole list has; null while that is not known. */
  total: number | null;
  selectedId: ConversationId | undefined;
  onTab: (tab: Tab) => void;
  onOrder: (order: Order) => void;
  onOpen: (item: ConversationItem) => void;
  /** Told the rows as they stand, for the keys that walk through them. */
  onRows: (items: readonly ConversationItem[]) => void;
  onHover: (item: ConversationItem) => void;
  /** Absent for a person without a mailbox to write from. */
  onCompose: (() => void) | undefined;
}

type Listed = Pick<Props, 'view' | 'tab' | 'order' | 'filter'>;

/** The numbers of a list: those that are kept for it, or counted anew where it is narrowed. */
export function useListCounts({ view, filter }: Pick<Listed, 'view' | 'filter'>): KindCounts | null {
  const plain = isPlain(view, filter);
  const { sort: _, ...asked } = filterOf(view, null, 'newest', filter);
  const { data } = useQuery({ ...countQuery(asked), enabled: !plain });
  const kept = countsOf(view, useCounts());
  return plain ? kept : (data ?? null);
}

function useShownGroups({ view, tab, order, filter }: Listed): readonly ShownGroup[] {
  const counts = useListCounts({ view, filter });
  const statuses = useStatuses();
  const kinds = groupsOf(view, tab);
  const groups = useGroups(kinds && groupsByStatus(kinds, statuses, counts), (wish) =>
    filterOf(view, wish, order, filter),
  );
  return groups.map((group) => ({ ...group, count: group.wish && groupCount(group.wish, counts) }));
}

const NONE = '' as ConversationId;
const EVERY: readonly ViewColumn[] = ['mailbox', 'labels', 'text', 'assignee'];
const IN_MAILBOX: readonly ViewColumn[] = ['labels', 'text', 'assignee'];

/** A saved list says itself what its rows show. */
function columnsOf(view: View): readonly ViewColumn[] {
  if (view.kind === 'saved') return view.saved.columns;
  return view.kind === 'mailbox' ? IN_MAILBOX : EVERY;
}

/** The open conversation is not there for its reader any more: its row must not stay either. */
function useIsGone(selectedId: ConversationId | undefined): boolean {
  const { error } = useQuery({
    ...conversationQuery(selectedId ?? NONE),
    enabled: selectedId !== undefined,
  });
  return error !== null && isNotFound(error);
}

export function ConversationList(props: Props) {
  const { view, title, address, tab, order, filter, selectedId, onTab, onOrder, onOpen } = props;
  const { onFilter, onRows, onHover, onCompose, chosen, bulk, bulkMenu, onBulkMenu, total } = props;
  const { t } = useTranslation();
  const changes = useChanges();
  const me = useMe();
  const counts = useListCounts({ view, filter });
  const onExport = useExport(wholeFilterOf(view, tab, order, filter), title);
  const fetched = useShownGroups(props);
  const [hovered, setHovered] = useState<{ item: ConversationItem; top: number } | null>(null);
  const belongs = (item: ConversationItem, group: ShownGroup) =>
    (group.wish === null || item.status === group.wish.status) &&
    (group.wish === null || group.wish.own === null || item.statusId === group.wish.own.id) &&
    (view.kind !== 'mailbox' || item.mailboxId === view.mailboxId) &&
    item.place === (view.kind === 'spam' || view.kind === 'trash' ? view.kind : 'inbox') &&
    (view.kind !== 'mine' || item.assigneeId === me.member.id) &&
    (view.kind !== 'team' || (item.teamId !== null && me.teamIds.includes(item.teamId))) &&
    (view.kind !== 'none' || item.assigneeId === null);
  const kept = fetched.map((group) => ({
    ...group,
    items: group.items.filter((item) => belongs(item, group) || item.id === selectedId),
  }));
  const scope = JSON.stringify([view, tab, order, filter]);
  const calm = useCalmGroups(kept, scope);
  const { waiting, show } = calm;
  const gone = useIsGone(selectedId);
  const { groups, stayingId } = useStayingRow(calm.groups, gone ? undefined : selectedId, scope);
  const shown = groups.filter((group) => group.items.length > 0);
  const rows = useMemo(() => shown.flatMap((group) => group.items), [shown]);
  const rowKey = rows
    .map((row) => `${row.id}${row.statusId}${row.assigneeId}${row.teamId}${row.place}${row.revision}`)
    .join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the rows, which are new objects each time
  useEffect(() => onRows(rows), [rowKey]);
  const error = fetched.find((group) => group.error !== null);
  const loaded = fetched.every((group) => group.loaded);

  return (
    <section className={styles.list} aria-label={t('list.label')}>
      {chosen.active ? (
        <BulkHead chosen={chosen} bulk={bulk} menu={bulkMenu} onMenu={onBulkMenu} total={total} />
      ) : (
        <ListHead
          view={view}
          title={title}
          address={address}
          tab={tab}
          filter={filter}
          onFilter={onFilter}
          order={order}
          onOrder={onOrder}
          onCompose={onCompose}
          onExport={onExport}
        />
      )}
      {hasTabs(view) && <Tabs tab={tab} countOf={(each) => tabCount(each, counts)} onTab={onTab} />}
      {filter !== undefined && <FilterStrip filter={filter} onClear={() => onFilter(undefined)} />}
      <LiveStrip />
      {waiting > 0 && (
        <button type="button" className={styles.fresh} onClick={show}>
          {t('list.newMail', { count: waiting })}
        </button>
      )}
      {error !== undefined ? (
        <EmptyState
          role="alert"
          icon={<IconPlugConnectedX />}
          title={t('conversation.failed')}
          hint={t('conversation.failedHint')}
        >
          <Button onClick={error.again}>{t('act.retry')}</Button>
          <Button look="quiet" onClick={() => void copyDetails(error.error, t('act.copied'))}>
            {t('act.copyDetails')}
          </Button>
        </EmptyState>
      ) : !loaded ? (
        <SkeletonRows />
      ) : shown.length === 0 ? (
        <NothingHere
          narrowed={filter !== undefined || view.kind === 'saved'}
          view={view}
          tab={tab}
          waiting={counts?.waiting ?? 0}
          onTab={onTab}
        />
      ) : (
        <div
          id="rows"
          className={styles.body}
          {...(hasTabs(view) ? { role: 'tabpanel', 'aria-labelledby': `tab-${tab}` } : {})}
        >
          <RowList
            groups={shown}
            selectedId={selectedId}
            columns={columnsOf(view)}
            chosen={chosen}
            orderWords={t(order === 'waiting' ? 'list.longest' : 'list.newest')}
            belongs={(item, group) => item.id !== stayingId && belongs(item, group)}
            onOpen={onOpen}
            onHover={(item, top) => {
              setHovered({ item, top });
              onHover(item);
            }}
            onLeave={() => setHovered(null)}
          />
          {hovered !== null && !chosen.active && (
            <RowActs
              item={hovered.item}
              top={hovered.top}
              changes={changes}
              onDone={() => changes.setStatus(hovered.item, 'done')}
              onMine={() => void changes.assign(hovered.item, me.member.id)}
            />
          )}
        </div>
      )}
    </section>
  );
}

async function copyDetails(error: unknown, copied: string): Promise<void> {
  await navigator.clipboard?.writeText(faultDetails(error));
  toast(copied);
}

interface NothingProps {
  /** A filter asks for less than the whole list. */
  narrowed: boolean;
  view: View;
  tab: Tab;
  waiting: number;
  onTab: (tab: Tab) => void;
}

function NothingHere({ narrowed, view, tab, waiting, onTab }: NothingProps) {
  const { t } = useTranslation();
  if (view.kind === 'spam' || view.kind === 'trash') {
    const isTrash = view.kind === 'trash';
    return (
      <EmptyState
        icon={isTrash ? <IconTrash /> : <IconMailOff />}
        title={t(isTrash ? 'list.emptyTrash' : 'list.emptySpam')}
        hint={t('list.emptyPlaceHint')}
      />
    );
  }
  if (narrowed)
    return <EmptyState icon={<IconFilterOff />} title={t('filter.nothing')} hint={t('filter.nothingHint')} />;
  if (tab !== 'open')
    return <EmptyState icon={<IconInbox />} title={t('list.empty')} hint={t('list.emptyHint')} />;
  return (
    <EmptyState icon={<IconCircleCheck />} title={t('list.emptyTodo')} hint={t('list.emptyTodoHint')}>
      {waiting > 0 && (
        <Button onClick={() => onTab('waiting')}>{t('list.seeWaiting', { count: waiting })}</Button>
      )}
    </EmptyState>
  );
}
