import { isDeepStrictEqual } from 'node:util';
import type { MailboxAccess, MailboxId, MemberId, TeamId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { type Actor, requireIn } from '../actor.ts';
import { mailboxNotFound, memberNotFound, teamNotFound } from '../errors.ts';
import type { StoredMailbox } from './mailbox.ts';
import { countMembers, countTeams, findMailboxes, lockMailbox, replaceAccess } from './store.ts';

/**
 * Who works in a shared mailbox and how far his rights go there.
 * @throws mailboxNotFound, memberNotFound, teamNotFound
 */
export async function saveMailboxAccess(
  tx: Tx,
  actor: Actor,
  { mailboxId, ...facts }: MailboxAccess & { mailboxId: MailboxId },
): Promise<StoredMailbox> {
  requireIn(actor, 'mailbox.share', mailboxId);
  const before = await lockMailbox(tx, actor.workspaceId, mailboxId);
  if (before === null) throw mailboxNotFound({});
  const access = each(facts);
  await requireExisting(tx, actor, access);
  if (isDeepStrictEqual(access, before.access)) return before;

  await replaceAccess(tx, actor.workspaceId, mailboxId, access);
  const [after] = await findMailboxes(tx, actor.workspaceId, [mailboxId]);
  if (after === undefined) throw mailboxNotFound({});
  await appendEvent(tx, actor, {
    kind: 'mailbox_members_changed',
    mailboxId,
    facts: {
      from: before.memberIds,
      to: after.memberIds,
      accessBefore: factsOf(before.access),
      access: factsOf(access),
    },
  });
  return after;
}

/** As an event keeps it: plain objects, not the contract's. */
const factsOf = ({ members, teams }: MailboxAccess) => ({
  members: members.map((one) => ({ ...one })),
  teams: teams.map((one) => ({ ...one })),
});

/** Each person and each team once, the last word counting, in the order in which they are kept. */
function each({ members, teams }: MailboxAccess): MailboxAccess {
  const byMember = new Map<MemberId, MailboxAccess['members'][number]>();
  for (const one of members) byMember.set(one.memberId, one);
  const byTeam = new Map<TeamId, MailboxAccess['teams'][number]>();
  for (const one of teams) byTeam.set(one.teamId, one);
  return {
    members: [...byMember.values()].sort((a, b) => (a.memberId < b.memberId ? -1 : 1)),
    teams: [...byTeam.values()].sort((a, b) => (a.teamId < b.teamId ? -1 : 1)),
  };
}

async function requireExisting(
  tx: Tx,
  { workspaceId }: Actor,
  { members, teams }: MailboxAccess,
): Promise<void> {
  const memberIds = members.map(({ memberId }) => memberId);
  const teamIds = teams.map(({ teamId }) => teamId);
  if ((await countMembers(tx, workspaceId, memberIds)) < memberIds.length) throw memberNotFound({});
  if ((await countTeams(tx, workspaceId, teamIds)) < teamIds.length) throw teamNotFound({});
}
