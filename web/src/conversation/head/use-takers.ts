import type { Conversation, Member, Team, TeamId } from '@madoguchi/contract';
import { useMailboxes, useMe, useMembers, useTeams } from '../../data/queries.ts';
import type { Rights } from '../use-rights.ts';

export interface Takers {
  /** Oneself first. */
  people: readonly Member[];
  teams: readonly Team[];
}

/** To whom one may hand a conversation: people of its mailbox, and teams that work there. */
export function useTakers(conversation: Conversation, rights: Rights): Takers {
  const me = useMe();
  const members = useMembers();
  const teams = useTeams();
  const mailbox = useMailboxes().find((each) => each.id === conversation.mailboxId);
  const people = members.filter(
    (member) => mailbox?.assignableIds.includes(member.id) && (rights.assign || member.id === me.member.id),
  );
  const working = mailbox?.access.teams.filter(({ level }) => level !== 'read') ?? [];
  return {
    people: [...people].sort((a, b) => Number(b.id === me.member.id) - Number(a.id === me.member.id)),
    teams: rights.assign ? teams.filter(({ id }) => working.some(({ teamId }) => teamId === id)) : [],
  };
}

/** Empty for none, and for one that was dissolved. */
export function useTeamName(teamId: TeamId | null): string {
  return useTeams().find(({ id }) => id === teamId)?.name ?? '';
}
