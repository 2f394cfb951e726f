import type {
  LabelId,
  MailboxAccess,
  MailboxId,
  MailboxLevel,
  MemberId,
  RoleId,
  TeamId,
  WorkspaceId,
} from '@madoguchi/contract';
import {
  addMailbox,
  addMember,
  addTeam,
  createWorkspace,
  houseActor,
  listMailboxes,
  listRoles,
  loadActor,
  type MemberActor,
  saveMailboxAccess,
  saveMember,
  setMemberPassword,
} from '../accounts/index.ts';
import { saveMailbox } from '../accounts/mailbox/save-mailbox.ts';
import { findMembers } from '../accounts/member/store.ts';
import { makeStatuses } from '../conversation/index.ts';
import type { Tx } from '../platform/index.ts';
import { COMPANY, MAILBOXES, type MailboxKey, PASSWORD, PEOPLE, TEAMS } from './company.ts';
import { findLabelIds, makeLabels } from './labels.ts';

/** The example company as the database knows it. */
export interface MadeCompany {
  workspaceId: WorkspaceId;
  /** In the order of PEOPLE. */
  people: readonly MemberActor[];
  mailboxes: ReadonlyMap<MailboxKey, MailboxId>;
  /** By name. */
  labels: ReadonlyMap<string, LabelId>;
}

/** Company, statuses, people, teams and shared mailboxes, in one transaction. */
export async function makeCompany(tx: Tx, baseUrl: string): Promise<void> {
  const [first] = PEOPLE;
  if (first === undefined) throw new RangeError('the example company has nobody');
  const admin = await createWorkspace(tx, { ...first, company: COMPANY, password: PASSWORD, demo: true });
  await makeStatuses(tx, admin.workspaceId);
  const memberIds = await makePeople(tx, admin, baseUrl);
  const teamIds = await makeTeams(tx, admin, memberIds);
  for (const mailbox of MAILBOXES) await makeMailbox(tx, admin, mailbox, { memberIds, teamIds });
  await makeLabels(tx, admin);
}

/** In the order of PEOPLE, the administrator first. */
async function makePeople(tx: Tx, admin: MemberActor, baseUrl: string): Promise<MemberId[]> {
  const roles = new Map((await listRoles(tx, admin.workspaceId)).map(({ key, id }) => [key, id]));
  const memberIds: MemberId[] = [];
  for (const { name, email, role, skills, languages } of PEOPLE) {
    const roleId = roles.get(role);
    if (roleId === undefined) throw new Error(`the example company lacks the role of a ${role}`);
    const facts = { name, email, roleId };
    const memberId = email === PEOPLE[0]?.email ? admin.memberId : await hire(tx, admin, facts, baseUrl);
    await saveMember(tx, admin, { ...facts, memberId, skills: [...skills], languages: [...languages] });
    memberIds.push(memberId);
  }
  return memberIds;
}

async function hire(
  tx: Tx,
  admin: MemberActor,
  facts: { name: string; email: string; roleId: RoleId },
  baseUrl: string,
): Promise<MemberId> {
  const { member } = await addMember(tx, admin, { ...facts, mailboxIds: [], baseUrl });
  await setMemberPassword(tx, houseActor(admin.workspaceId), { memberId: member.id, password: PASSWORD });
  return member.id;
}

/** In the order of TEAMS. */
async function makeTeams(tx: Tx, admin: MemberActor, memberIds: readonly MemberId[]): Promise<TeamId[]> {
  const teamIds: TeamId[] = [];
  for (const { name, people } of TEAMS) {
    const inTeam = memberIds.filter((_, no) => people.includes(no));
    teamIds.push((await addTeam(tx, admin, { name, memberIds: inTeam })).id);
  }
  return teamIds;
}

interface Staff {
  memberIds: readonly MemberId[];
  teamIds: readonly TeamId[];
}

async function makeMailbox(
  tx: Tx,
  admin: MemberActor,
  { key, ...facts }: (typeof MAILBOXES)[number],
  staff: Staff,
): Promise<void> {
  const added = await addMailbox(tx, admin, { ...facts, memberIds: [] });
  const { id: mailboxId, aliases, ageLimits, undoSeconds } = added;
  await saveMailbox(tx, admin, { ...facts, mailboxId, aliases, ageLimits, undoSeconds });
  await saveMailboxAccess(tx, admin, { ...accessTo(key, staff), mailboxId });
}

/** The administrator manages every mailbox; the others work or read, by themselves or by their team. */
function accessTo(key: MailboxKey, { memberIds, teamIds }: Staff): MailboxAccess {
  const levelOf = ({ role, mailboxes, reads }: (typeof PEOPLE)[number]): MailboxLevel | null => {
    if (mailboxes.includes(key)) return role === 'administrator' ? 'manage' : 'work';
    return reads.includes(key) ? 'read' : null;
  };
  return {
    members: memberIds.flatMap((memberId, no) => {
      const level = PEOPLE[no] === undefined ? null : levelOf(PEOPLE[no]);
      return level === null ? [] : [{ memberId, level }];
    }),
    teams: teamIds.flatMap((teamId, no) =>
      TEAMS[no]?.mailboxes.includes(key) ? [{ teamId, level: 'work' as const }] : [],
    ),
  };
}

/** Finds again what makeCompany made. */
export async function findCompany(tx: Tx, workspaceId: WorkspaceId): Promise<MadeCompany> {
  const members = await findMembers(tx, workspaceId);
  const people: MemberActor[] = [];
  for (const { email } of PEOPLE) {
    const member = members.find((one) => one.email === email);
    const actor = member === undefined ? null : await loadActor(tx, workspaceId, member.id);
    if (actor === null) throw new Error(`${email} does not work in the example company any more`);
    people.push(actor);
  }
  const found = await listMailboxes(tx, houseActor(workspaceId));
  const mailboxes = new Map(
    MAILBOXES.flatMap(({ key, address }) => {
      const mailbox = found.find((one) => one.address === address);
      return mailbox === undefined ? [] : [[key, mailbox.id] as const];
    }),
  );
  return { workspaceId, people, mailboxes, labels: await findLabelIds(tx, workspaceId) };
}
