import type {
  HistoryEvent,
  MailboxId,
  MemberId,
  StatusKind,
  TeamId,
  WaitingReasonId,
} from '@madoguchi/contract';
import {
  IconAlertTriangle,
  IconArrowRight,
  IconCircleDot,
  IconClock,
  IconFolder,
  IconPencil,
  IconUser,
  IconUsers,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { useMailboxes, useMemberById, useStatuses, useTeams } from '../data/queries.ts';
import { useReasonWord, useStatusWord } from '../data/statuses.ts';
import { familyName } from '../ui/family-name.ts';
import { rich } from '../ui/rich.tsx';
import { messageTime } from '../ui/time-words.ts';
import styles from './conversation.module.css';
import { foldsEvents } from './timeline.ts';

const ICON = { size: 14, stroke: 1.8, 'aria-hidden': true } as const;
const ICONS: Readonly<Record<string, ReactNode>> = {
  assigned: <IconUser {...ICON} />,
  team_assigned: <IconUsers {...ICON} />,
  status_changed: <IconCircleDot {...ICON} />,
  woken: <IconClock {...ICON} />,
  hold_taken: <IconPencil {...ICON} />,
  hold_ended: <IconPencil {...ICON} />,
  place_changed: <IconFolder {...ICON} />,
  mailbox_changed: <IconFolder {...ICON} />,
  bounce_received: <IconAlertTriangle {...ICON} />,
};

const places = ['inbox', 'spam', 'trash'] as const;
const kinds: readonly StatusKind[] = ['open', 'in_progress', 'waiting', 'done'];

/** An event in a sentence: who did what. Ids in its facts become names here. */
function useEventWords(): (event: HistoryEvent) => ReactNode {
  const { t } = useTranslation();
  const memberById = useMemberById();
  const mailboxes = useMailboxes();
  const statuses = useStatuses();
  const word = useStatusWord();
  const reasonWord = useReasonWord();
  const now = useNow();
  const teams = useTeams();
  const teamName = (id: unknown) =>
    teams.find((each) => each.id === (id as TeamId))?.name ?? t('standing.goneTeam');
  const memberName = (id: unknown) => familyName(memberById((id ?? null) as MemberId | null)?.name ?? '');
  const mailboxName = (id: unknown) => mailboxes.find((each) => each.id === (id as MailboxId))?.name ?? '';
  const statusName = (value: unknown) => {
    const own = statuses.find((each) => each.id === value);
    if (own !== undefined) return word(own);
    const kind = kinds.find((each) => each === value);
    return kind === undefined ? '' : t(`status.${kind}`);
  };
  const placeName = (value: unknown) => {
    const place = places.find((each) => each === value);
    return place === undefined ? '' : t(`place.${place}`);
  };

  const waits = ({ toReasonId, toWakeAt }: HistoryEvent['facts']) => [
    ...(typeof toReasonId === 'string' ? [reasonWord(toReasonId as WaitingReasonId)] : []),
    ...(typeof toWakeAt === 'string'
      ? [t('standing.until', { time: messageTime(new Date(toWakeAt), now, t) })]
      : []),
  ];

  return (event) => {
    const by = memberName(event.memberId) || t('app.house');
    const { from, to } = event.facts;
    const why = waits(event.facts).join('・');
    switch (event.kind) {
      case 'assigned':
        if (to === null || to === undefined) return t('event.unassigned');
        return from === null || from === undefined
          ? rich((values) => t('event.assigned', values), { to: memberName(to) })
          : rich((values) => t('event.assignedFrom', values), { from: memberName(from), to: memberName(to) });
      case 'team_assigned':
        if (to === null || to === undefined)
          return rich((values) => t('standing.event.teamTaken', values), { team: teamName(from) });
        return rich((values) => t('standing.event.teamGiven', values), { by, team: teamName(to) });
      case 'status_changed':
        // The house reopens for one reason: a letter came, or one of ours came back.
        if (event.memberId === null)
          return t(event.facts.toKind === 'open' ? 'event.reopenedByMail' : 'event.statusByHouse', {
            to: statusName(to),
          });
        return rich((values) => t(why === '' ? 'event.status_changed' : 'standing.event.waits', values), {
          by,
          to: statusName(to),
          why,
        });
      case 'woken':
        return t('standing.event.woken', { to: statusName(to) });
      case 'place_changed':
        return rich((values) => t('event.place', values), { by, to: placeName(to) });
      case 'mailbox_changed':
        return rich((values) => t('event.moved', values), {
          by,
          from: mailboxName(from),
          to: mailboxName(to),
        });
      case 'hold_taken':
        return rich((values) => t('event.hold_taken', values), { by });
      case 'hold_ended':
        return rich(
          (values) => t(event.facts.why === 'expired' ? 'event.hold_ended' : 'event.hold_released', values),
          { by },
        );
      case 'bounce_received':
        return t('event.bounced');
      default:
        return rich((values) => t('event.other', values), { by });
    }
  };
}

function EventLine({ event }: { event: HistoryEvent }) {
  const { t } = useTranslation();
  const now = useNow();
  const words = useEventWords();
  return (
    <p className={styles.event}>
      {ICONS[event.kind] ?? <IconArrowRight {...ICON} />}
      <span>{words(event)}</span>
      <time className="num">{messageTime(new Date(event.at), now, t)}</time>
    </p>
  );
}

/** Changes between two messages; three or more fold to one line. */
export function EventLines({ events }: { events: readonly HistoryEvent[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(!foldsEvents(events));
  if (open) return events.map((event) => <EventLine key={event.id} event={event} />);
  return (
    <p className={styles.event}>
      <IconArrowRight {...ICON} />
      <button type="button" onClick={() => setOpen(true)}>
        {t('event.folded', { count: events.length })}
      </button>
    </p>
  );
}
