import type { MemberId, Team, TeamFacts, TeamId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { type Actor, mayIn, requirePermission } from '../actor.ts';
import { memberNotFound, notMoreThanOwn, teamNameTaken, teamNotFound } from '../errors.ts';
import {
  countStaying,
  findMailboxesOfTeam,
  insertTeam,
  isTeamName,
  leaveMailboxes,
  lockTeam,
  lockTeams,
  markDissolved,
  renameTeam,
  replaceTeamMembers,
} from './store.ts';

/**
 * Adds a team.
 * @throws memberNotFound, teamNameTaken
 * @throws notMoreThanOwn when somebody who does not see all of his mailboxes would be in it
 */
export async function addTeam(tx: Tx, actor: Actor, given: TeamFacts): Promise<Team> {
  requirePermission(actor, 'team.manage');
  const facts = cleanFacts(given);
  if (isNarrow(actor) && isAmong(actor, facts)) throw notMoreThanOwn({});
  await requireFreeName(tx, actor, { name: facts.name, teamId: null });
  await requireStaying(tx, actor, facts.memberIds);
  const teamId = await insertTeam(tx, actor.workspaceId, facts.name);
  await replaceTeamMembers(tx, actor.workspaceId, { teamId, memberIds: facts.memberIds });
  await appendEvent(tx, actor, { kind: 'team_saved', facts: { teamId, from: null, to: facts } });
  return { id: teamId, ...facts };
}

/**
 * Changes the name and the people of a team. Whoever is no longer in it loses at once what only the team gave
 * him; what lies on him there is given back by whoever reads the event.
 *
 * @throws teamNotFound, memberNotFound, teamNameTaken
 * @throws notMoreThanOwn when the team is in a mailbox whose people are not the actor's to choose, or he does
 *   not see all of his mailboxes and is not in the team: he would let himself see more
 */
export async function saveTeam(
  tx: Tx,
  actor: Actor,
  { teamId, ...given }: TeamFacts & { teamId: TeamId },
): Promise<Team> {
  requirePermission(actor, 'team.manage');
  const facts = cleanFacts(given);
  await requireFreeName(tx, actor, { name: facts.name, teamId });
  const { id: _, ...before } = await lockTeamOf(tx, actor, teamId);
  requireOwn(actor, before);
  // Who left keeps his place in it, as in his mailboxes: only who is new must still be here.
  const fresh = facts.memberIds.filter((id) => !before.memberIds.includes(id));
  await requireStaying(tx, actor, fresh);
  if (JSON.stringify(before) === JSON.stringify(facts)) return { id: teamId, ...before };
  if (before.memberIds.join() !== facts.memberIds.join()) await requireMayShare(tx, actor, teamId);

  await renameTeam(tx, actor.workspaceId, { teamId, name: facts.name });
  await replaceTeamMembers(tx, actor.workspaceId, { teamId, memberIds: facts.memberIds });
  await appendEvent(tx, actor, { kind: 'team_saved', facts: { teamId, from: before, to: facts } });
  return { id: teamId, ...facts };
}

/**
 * Dissolves a team: it is in no mailbox any more, and nobody is in it. Its conversations go on without a team;
 * `conversation` reads the event.
 *
 * @throws teamNotFound, notMoreThanOwn
 */
export async function deleteTeam(tx: Tx, actor: Actor, { teamId }: { teamId: TeamId }): Promise<void> {
  requirePermission(actor, 'team.manage');
  await lockTeams(tx, actor.workspaceId);
  const { id: _, ...before } = await lockTeamOf(tx, actor, teamId);
  requireOwn(actor, before);
  await requireMayShare(tx, actor, teamId);
  const mailboxIds = await leaveMailboxes(tx, actor.workspaceId, teamId);
  await replaceTeamMembers(tx, actor.workspaceId, { teamId, memberIds: [] });
  await markDissolved(tx, actor.workspaceId, teamId);
  await appendEvent(tx, actor, {
    kind: 'team_saved',
    facts: { teamId, from: { ...before, mailboxIds }, to: null, deleted: true },
  });
}

async function lockTeamOf(tx: Tx, { workspaceId }: Actor, teamId: TeamId): Promise<Team> {
  const team = await lockTeam(tx, workspaceId, teamId);
  if (team === null) throw teamNotFound({});
  return team;
}

/** What he sees is decided by who is assigned and by teams, so these are not his to choose for himself. */
const isNarrow = ({ scope }: Actor): boolean => scope !== 'mailboxes';

const isAmong = ({ memberId }: Actor, { memberIds }: Pick<Team, 'memberIds'>): boolean =>
  memberId !== null && memberIds.includes(memberId);

function requireOwn(actor: Actor, team: Pick<Team, 'memberIds'>): void {
  if (isNarrow(actor) && !isAmong(actor, team)) throw notMoreThanOwn({});
}

/** To be in the team is to be in its mailboxes: who takes people in or out decides who works there. */
async function requireMayShare(tx: Tx, actor: Actor, teamId: TeamId): Promise<void> {
  const mailboxIds = await findMailboxesOfTeam(tx, actor.workspaceId, teamId);
  if (!mailboxIds.every((id) => mayIn(actor, 'mailbox.share', id))) throw notMoreThanOwn({});
}

async function requireFreeName(
  tx: Tx,
  { workspaceId }: Actor,
  named: { name: string; teamId: TeamId | null },
): Promise<void> {
  await lockTeams(tx, workspaceId);
  if (named.name === '' || (await isTeamName(tx, workspaceId, named)))
    throw teamNameTaken({ name: named.name });
}

async function requireStaying(tx: Tx, { workspaceId }: Actor, memberIds: MemberId[]): Promise<void> {
  if ((await countStaying(tx, workspaceId, memberIds)) < memberIds.length) throw memberNotFound({});
}

/** Each person once, in the order in which they are kept. */
const cleanFacts = ({ name, memberIds }: TeamFacts) => ({
  name: name.normalize('NFKC').trim(),
  memberIds: [...new Set(memberIds)].sort(),
});
