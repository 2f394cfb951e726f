import type { ConversationItem, MemberId } from '@madoguchi/contract';
import {
  IconAlertTriangle,
  IconClock,
  IconHelpCircle,
  IconMailExclamation,
  IconPencil,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useMemberById } from '../data/queries.ts';
import { familyName } from '../ui/family-name.ts';
import styles from './row.module.css';

export type Signal =
  | { kind: 'unknown' | 'failed' | 'stopped' | 'waitingForWay' | 'youReply' | 'draft' | 'woken' | 'marked' }
  | { kind: 'otherReplies'; memberId: MemberId }
  | { kind: 'otherDraft'; memberId: MemberId };

/** The one thing that matters most about a row now: the first in this order that is true. */
export function signalOf(item: ConversationItem, me: MemberId): Signal | null {
  if (item.alarm === 'unknown') return { kind: 'unknown' };
  if (item.alarm === 'refused' || item.alarm === 'bounced') return { kind: 'failed' };
  if (item.alarm === 'stopped') return { kind: 'stopped' };
  if (item.alarm === 'waiting_for_way') return { kind: 'waitingForWay' };
  if (item.hold !== null) {
    return item.hold.memberId === me
      ? { kind: 'youReply' }
      : { kind: 'otherReplies', memberId: item.hold.memberId };
  }
  if (item.woken) return { kind: 'woken' };
  if (item.draftMemberIds.includes(me)) return { kind: 'draft' };
  const [other] = item.draftMemberIds;
  if (other !== undefined) return { kind: 'otherDraft', memberId: other };
  return item.quarantined ? { kind: 'marked' } : null;
}

const ICON = { size: 14, stroke: 1.8, 'aria-hidden': true } as const;
const pen = (breathing: boolean) => <IconPencil {...ICON} className={breathing ? (styles.pen ?? '') : ''} />;

/** The signal in words, as a row says it; null when there is none. */
export function useSignalWords(
  item: ConversationItem,
): { words: string; look: string; icon: ReactNode } | null {
  const { t } = useTranslation();
  const me = useMe();
  const memberById = useMemberById();
  const signal = signalOf(item, me.member.id);
  if (signal === null) return null;
  const name = 'memberId' in signal ? familyName(memberById(signal.memberId)?.name ?? '') : '';
  switch (signal.kind) {
    case 'unknown':
      return { words: t('signal.unknown'), look: 'fail', icon: <IconHelpCircle {...ICON} /> };
    case 'failed':
      return { words: t('signal.failed'), look: 'fail', icon: <IconAlertTriangle {...ICON} /> };
    case 'stopped':
      return { words: t('signal.stopped'), look: 'fail', icon: <IconAlertTriangle {...ICON} /> };
    case 'waitingForWay':
      return { words: t('delivery.waiting_for_way'), look: 'fail', icon: <IconAlertTriangle {...ICON} /> };
    case 'youReply':
      return { words: t('signal.youReply'), look: 'mine', icon: pen(true) };
    case 'otherReplies':
      return { words: t('signal.otherReplies', { name }), look: 'hold', icon: pen(true) };
    case 'woken':
      return { words: t('standing.woken'), look: 'mine', icon: <IconClock {...ICON} /> };
    case 'draft':
      return { words: t('signal.draft'), look: 'draft', icon: pen(false) };
    case 'otherDraft':
      return { words: t('signal.othersDraft', { name }), look: 'draft', icon: pen(false) };
    case 'marked':
      return { words: t('signal.marked'), look: 'draft', icon: <IconMailExclamation {...ICON} /> };
  }
}

export function SignalMark({ item }: { item: ConversationItem }) {
  const signal = useSignalWords(item);
  if (signal === null) return null;
  return (
    <span className={`${styles.say} ${styles[signal.look]}`}>
      {signal.icon}
      <span className="cut">{signal.words}</span>
    </span>
  );
}
