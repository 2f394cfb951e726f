import type { ConversationId, ConversationItem, ViewColumn } from '@madoguchi/contract';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { useMailboxes, useMemberById } from '../data/queries.ts';
import { useStatusWord } from '../data/statuses.ts';
import { StatusShape } from '../ui/status-shape.tsx';
import { useFrame } from '../ui/use-width.ts';
import type { Chosen } from './bulk/use-selection.ts';
import styles from './list.module.css';
import { Row } from './row.tsx';
import { useLookingMembers } from './use-looking-members.ts';
import type { Group } from './use-rows.ts';
import { groupKey } from './view.ts';

const HEIGHTS = { row: 78, head: 30, phoneRow: 88, phoneHead: 34 };
const AHEAD = 8;

export interface ShownGroup extends Group {
  /** The exact number behind the head, which may be more than has been fetched. */
  count: number | null;
}

interface Props {
  groups: readonly ShownGroup[];
  selectedId: ConversationId | undefined;
  /** What each row shows beside who, when and what about. */
  columns: readonly ViewColumn[];
  chosen: Chosen;
  orderWords: string;
  /** False for a row that the list no longer asks for. */
  belongs: (item: ConversationItem, group: ShownGroup) => boolean;
  onOpen: (item: ConversationItem) => void;
  onHover: (item: ConversationItem, top: number) => void;
  onLeave: () => void;
  children?: ReactNode;
}

/** One list box with a roving selection; only the rows in sight exist. Groups keep their heads in sight. */
export function RowList({
  groups,
  selectedId,
  columns,
  chosen,
  orderWords,
  belongs,
  onOpen,
  onHover,
  onLeave,
  children,
}: Props) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const frame = useFrame();
  const now = useNow();
  const mailboxes = useMailboxes();
  const word = useStatusWord();
  const memberById = useMemberById();
  const lookersOf = useLookingMembers();
  const rowHeight = frame === 'phone' ? HEIGHTS.phoneRow : HEIGHTS.row;
  const headHeight = frame === 'phone' ? HEIGHTS.phoneHead : HEIGHTS.head;
  const flat = useMemo(
    () =>
      groups.flatMap((group) => [
        ...(group.wish === null ? [] : [{ group, item: null }]),
        ...group.items.map((item) => ({ group, item })),
      ]),
    [groups],
  );
  const virtual = useVirtualizer({
    count: flat.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (flat[index]?.item === null ? headHeight : rowHeight),
    getItemKey: (index) => flat[index]?.item?.id ?? `head-${groupKey(flat[index]?.group.wish ?? null)}`,
    overscan: AHEAD,
    scrollPaddingStart: headHeight,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const selectedIndex =
    selectedId === undefined ? -1 : flat.findIndex((each) => each.item?.id === selectedId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls; rows that arrive above must not move the list under the hand
  useEffect(() => {
    if (selectedId !== undefined && selectedIndex >= 0)
      virtual.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedId]);

  const seen = virtual.getVirtualItems();
  const lastSeen = flat[seen.at(-1)?.index ?? -1];
  const more =
    lastSeen?.item != null && lastSeen.group.items.at(-1)?.id === lastSeen.item.id
      ? lastSeen.group.more
      : null;
  useEffect(() => more?.(), [more]);

  let start = 0;
  return (
    <div
      ref={scroller}
      className={styles.rows}
      role="listbox"
      aria-label={t('list.conversations')}
      aria-activedescendant={selectedIndex >= 0 ? `row-${selectedId}` : undefined}
      aria-multiselectable={chosen.active}
      tabIndex={0}
      onPointerLeave={onLeave}
      onScroll={onLeave}
    >
      {groups.map((group) => {
        const head = group.wish === null ? 0 : headHeight;
        const height = head + group.items.length * rowHeight;
        const top = start;
        start += height;
        const rows = seen.filter(
          (each) => flat[each.index]?.group === group && flat[each.index]?.item !== null,
        );
        const name =
          group.wish === null
            ? t('list.conversations')
            : word(group.wish.own ?? { name: '', kind: group.wish.status });
        const count = group.count ?? group.items.length;
        return (
          // biome-ignore lint/a11y/useSemanticElements: rows of a list box are grouped by role
          <div
            key={groupKey(group.wish)}
            className={styles.group}
            role="group"
            aria-label={t('list.groupCount', { name, count })}
            style={{ height }}
          >
            {group.wish !== null && (
              <div className={styles.groupHead} aria-hidden="true">
                <StatusShape
                  status={group.wish.status}
                  tint={group.wish.own?.tint ?? null}
                  size={14}
                  silent
                />
                {name}
                <span className={`${styles.groupCount} num`}>{count}</span>
                {group === groups[0] && <span className={styles.order}>{orderWords}</span>}
              </div>
            )}
            {rows.map((each) => {
              const item = flat[each.index]?.item;
              if (item === null || item === undefined) return null;
              return (
                <Row
                  key={item.id}
                  item={item}
                  mailbox={mailboxes.find((mailbox) => mailbox.id === item.mailboxId)}
                  assignee={memberById(item.assigneeId)}
                  lookers={lookersOf(item.id)}
                  now={now}
                  selected={item.id === selectedId}
                  withShape={group.wish === null}
                  columns={columns}
                  checked={chosen.active ? chosen.has(item.id) : null}
                  left={!belongs(item, group)}
                  style={{ top: each.start - top }}
                  onPick={(picked, how) => {
                    if (how === 'open') onOpen(picked);
                    else if (how === 'toggle') chosen.toggle(picked.id);
                    else chosen.extendTo(picked.id);
                  }}
                  onHover={(over) => onHover(over, each.start - (scroller.current?.scrollTop ?? 0))}
                />
              );
            })}
          </div>
        );
      })}
      {children}
    </div>
  );
}
