import { type SavedFilter, statusKinds } from '@madoguchi/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { teamsQuery, useLabels, useMailboxes, useMembers, useStatuses } from '../../data/queries.ts';
import { useStatusWord } from '../../data/statuses.ts';
import { exactDuration } from '../../ui/time-words.ts';
import { idsIn } from './read-filter.ts';

const MINUTE = 60_000;

/** A filter in words, its conditions one after the other. */
export function useFilterWords(filter: SavedFilter): string {
  const { t } = useTranslation();
  const mailboxes = useMailboxes();
  const members = useMembers();
  const labels = useLabels();
  const statuses = useStatuses();
  const word = useStatusWord();
  const { data: teams = [] } = useQuery({ ...teamsQuery, enabled: filter.teamId !== undefined });
  const namesOf = (list: readonly { id: string; name: string }[], ids: string | undefined) =>
    list.filter(({ id }) => idsIn(ids).includes(id)).map(({ name }) => name);
  const { assignee, waitingOver } = filter;
  const who = assignee === 'me' ? t('filter.me') : assignee === 'none' ? t('filter.nobody') : undefined;
  const all = namesOf(labels, filter.labelsAll).join(' + ');
  const any = namesOf(labels, filter.labelsAny).join(' / ');
  return [
    ...statusKinds.filter((kind) => idsIn(filter.status).includes(kind)).map((kind) => t(`status.${kind}`)),
    ...statuses.filter(({ id }) => id === filter.statusId).map(word),
    ...namesOf(mailboxes, filter.mailboxIds),
    ...(who === undefined ? namesOf(members, assignee) : [who]),
    filter.team === undefined ? '' : t('nav.team'),
    ...namesOf(teams, filter.teamId),
    all,
    any,
    waitingOver === undefined ? '' : `${t('filter.waiting')} ${exactDuration(waitingOver * MINUTE, t)}`,
  ]
    .filter((part) => part !== '')
    .join('、');
}
