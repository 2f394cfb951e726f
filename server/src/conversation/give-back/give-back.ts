import type { MemberId, RoleId, TeamId } from '@madoguchi/contract';
import { type Actor, houseActor, loadActor, mayHave, mayTakeOver } from '../../accounts/index.ts';
import { defineReader, type FeedEvent, type Tx } from '../../platform/index.ts';
import { freeOfForeignTeam } from '../assign/assign-team.ts';
import { changeAssignee } from '../assign-conversation.ts';
import { lockConversation } from '../store.ts';
import { listAssignedTo, listAssignees, listOfTeam } from './store.ts';

/** Conversations that change in one transaction: a longer one would hold their rows, and the feed, too long. */
const AT_ONCE = 500;

/**
 * Takes from someone what lies on him and he can no longer work on, so that no letter waits for a person who
 * went: to his successor where that one may answer, else back to the queue. What is done stays with whoever
 * did it.
 *
 * @param atMost so many conversations, the oldest first; asked again, it goes on with the next
 * @returns how many it has looked at
 */
export async function giveBack(
  tx: Tx,
  actor: Actor,
  memberId: MemberId,
  { successorId = null, atMost = AT_ONCE }: { successorId?: MemberId | null; atMost?: number } = {},
): Promise<number> {
  const member = await loadActor(tx, actor.workspaceId, memberId);
  const successor = successorId === null ? null : await loadActor(tx, actor.workspaceId, successorId);
  const kept = member === null ? [] : [...member.mailboxes.keys()].filter((id) => mayHave(member, id));
  const given = await listAssignedTo(tx, actor, memberId, { kept, atMost });
  for (const id of given) {
    const conversation = await lockConversation(tx, actor, id);
    if (conversation?.assigneeId !== memberId || kept.includes(conversation.mailboxId)) continue;
    // Whatever his scope is: what is assigned to him he sees.
    const heir = successor !== null && mayTakeOver(successor, conversation.mailboxId) ? successor : null;
    await changeAssignee(tx, actor, conversation, heir?.memberId ?? null);
  }
  return given.length;
}

/**
 * Someone left, lost a right, or was taken out of a mailbox or a team.
 * @param atOnce conversations that change in one transaction
 */
export const giveBackReader = (atOnce: number) =>
  defineReader({
    name: 'conversation.give_back',
    kinds: ['member_left', 'member_changed', 'mailbox_members_changed', 'team_saved', 'role_saved'],
    async run(tx, _needs, events) {
      let left = atOnce;
      for (const event of events) {
        left -= await giveBackAfter(tx, event, left);
        if (left <= 0) return 'more';
      }
      return undefined;
    },
  });

export const giveBackOfLeavers = giveBackReader(AT_ONCE);

/** @returns how many conversations it has looked at, `atMost` when there may be more */
async function giveBackAfter(tx: Tx, event: FeedEvent, atMost: number): Promise<number> {
  const house = houseActor(event.workspaceId);
  const successorId = event.kind === 'member_left' ? idIn<MemberId>(event.facts.successorId) : null;
  let done = 0;
  for (const memberId of await listAssignees(tx, house, whoMayHaveLost(event))) {
    done += await giveBack(tx, house, memberId, { successorId, atMost: atMost - done });
    if (done >= atMost) return done;
  }
  for (const teamId of teamsThatMayHaveLost(event)) {
    done += await takeFromTeam(tx, house, teamId, atMost - done);
    if (done >= atMost) return done;
  }
  return done;
}

/**
 * What is with a team that no longer works in its mailbox goes on without one: a dissolved team has none, and
 * whoever works in the mailbox sees what it had there.
 */
async function takeFromTeam(tx: Tx, house: Actor, teamId: TeamId, atMost: number): Promise<number> {
  const taken = await listOfTeam(tx, house, teamId, atMost);
  for (const id of taken) {
    const conversation = await lockConversation(tx, house, id);
    if (conversation?.teamId === teamId) await freeOfForeignTeam(tx, house, conversation);
  }
  return taken.length;
}

export const conversationReaders = [giveBackOfLeavers];

/** Whose rights an event of accounts may have lessened: people by name, or all of a role. */
export function whoMayHaveLost({
  kind,
  facts,
}: Pick<FeedEvent, 'kind' | 'facts'>): { memberIds: MemberId[] } | { roleId: RoleId } {
  const roleId = kind === 'role_saved' ? idIn<RoleId>(facts.roleId) : null;
  if (roleId !== null) return { roleId };
  if (kind === 'mailbox_members_changed') return { memberIds: idsIn(facts.from) };
  if (kind === 'team_saved') {
    const staying = idsIn(peopleOf(facts.to));
    return { memberIds: idsIn(peopleOf(facts.from)).filter((id) => !staying.includes(id)) };
  }
  const memberId = idIn<MemberId>(facts.memberId);
  return { memberIds: memberId === null ? [] : [memberId] };
}

/** Which teams an event may have taken out of a mailbox. */
function teamsThatMayHaveLost({ kind, facts }: FeedEvent): TeamId[] {
  if (kind === 'team_saved' && facts.deleted === true) return idsIn<TeamId>([facts.teamId ?? null]);
  if (kind !== 'mailbox_members_changed') return [];
  const teams = fieldOf(facts.accessBefore, 'teams');
  return idsIn<TeamId>(Array.isArray(teams) ? teams.map((team) => fieldOf(team, 'teamId') ?? null) : []);
}

type Fact = FeedEvent['facts'][string] | undefined;

const fieldOf = (fact: Fact, name: string): Fact =>
  typeof fact === 'object' && fact !== null && !Array.isArray(fact) ? fact[name] : undefined;

const peopleOf = (team: Fact): Fact => fieldOf(team, 'memberIds');

/** accounts wrote it from such an id. */
const idIn = <Id extends string>(fact: Fact): Id | null => (typeof fact === 'string' ? (fact as Id) : null);

const idsIn = <Id extends string = MemberId>(fact: Fact): Id[] =>
  Array.isArray(fact) ? fact.flatMap((one) => idIn<Id>(one) ?? []) : [];
