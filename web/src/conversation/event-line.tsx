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
  IconTag,
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
import { leaveTime, messageTime } from '../ui/time-words.ts';
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
  take_over_asked: <IconPencil {...ICON} />,
  take_over_ended: <IconPencil {...ICON} />,
  place_changed: <IconFolder {...ICON} />,
  mailbox_changed: <IconFolder {...ICON} />,
  send_scheduled: <IconClock {...ICON} />,
  label_added: <IconTag {...ICON} />,
  label_removed: <IconTag {...ICON} />,
  bounce_received: <IconAlertTriangle {...ICON} />,
};

const places = ['inbox', 'spam', 'trash'] as const;
const kinds: readonly StatusKind[] = ['open', 'in_progress', 'waiting', 'done'];

const askEnded = (outcome: unknown) =>
  outcome === 'withdrawn' ? 'withdrawn' : outcome === 'typing' ? 'typing' : 'refused';

/** A team's name, also of one that was dissolved. */
function useTeamWord(): (id: unknown) => string {
  const { t } = useTranslation();
  const teams = useTeams();
  return (id) => teams.find((each) => each.id === (id as TeamId))?.name ?? t('standing.goneTeam');
}

/** What a conversation waits for since an event, and until when; empty when neither is said. */
function useWaits(): (facts: HistoryEvent['facts']) => string {
  const { t } = useTranslation();
  const now = useNow();
  const reasonWord = useReasonWord();
  return ({ toReasonId, toWakeAt }) => {
    const why = typeof toReasonId === 'string' ? [reasonWord(toReasonId as WaitingReasonId)] : [];
    const until = typeof toWakeAt === 'string' ? [messageTime(new Date(toWakeAt), now, t)] : [];
    return [...why, ...until.map((time) => t('standing.until', { time }))].join('・');
  };
}

/** An event in a sentence: who did what. Ids in its facts become names here. */
function useEventWords(): (event: HistoryEvent) => ReactNode {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const memberById = useMemberById();
  const mailboxes = useMailboxes();
  const statuses = useStatuses();
  const word = useStatusWord();
  const waits = useWaits();
  const teamName = useTeamWord();
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

  const holdEnded = ({ facts, memberId }: HistoryEvent): ReactNode => {
    const holder = memberName(facts.holderId);
    const by = memberName(memberId);
    const reason = typeof facts.words === 'string' ? facts.words : '';
    switch (facts.reason) {
      case 'taken_over':
        return rich((values) => t(`together.event.${facts.how === 'given' ? 'given' : 'taken'}`, values), {
          from: holder,
          to: memberName(facts.toId),
        });
      case 'broken':
        return rich((values) => t('together.event.broken', values), { by, holder, reason });
      case 'idle':
        return rich((values) => t('together.event.idle', values), { by: holder });
      case 'expired':
        return rich((values) => t('event.hold_ended', values), { by: holder });
      default:
        return rich((values) => t('event.hold_released', values), { by: holder });
    }
  };

  const statusChanged = ({ facts, memberId }: HistoryEvent, by: string): ReactNode => {
    const to = statusName(facts.to);
    // The house reopens for one reason: a letter came, or one of ours came back.
    if (memberId === null)
      return t(facts.toKind === 'open' ? 'event.reopenedByMail' : 'event.statusByHouse', { to });
    const why = waits(facts);
    const words = why === '' ? 'event.status_changed' : 'standing.event.waits';
    return rich((values) => t(words, values), { by, to, why });
  };

  return (event) => {
    const by = memberName(event.memberId) || t('app.house');
    const { from, to } = event.facts;
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
        return statusChanged(event, by);
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
        return holdEnded(event);
      case 'take_over_asked':
        return rich((values) => t('together.event.asked', values), { by });
      case 'take_over_ended':
        return rich((values) => t(`together.event.${askEnded(event.facts.outcome)}`, values), {
          by: memberName(event.facts.outcome === 'withdrawn' ? event.facts.askerId : event.facts.holderId),
        });
      case 'send_scheduled':
        return rich((values) => t(from === null ? 'event.scheduled' : 'event.rescheduled', values), {
          by,
          time: leaveTime(new Date(String(to)), now, i18n.language),
        });
      case 'label_added':
      case 'label_removed': {
        const words = event.kind === 'label_added' ? 'label.eventAdded' : 'label.eventRemoved';
        return rich((values) => t(words, values), { by, name: String(event.facts.name) });
      }
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
