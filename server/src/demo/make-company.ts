import type { MailboxId, WorkspaceId } from '@madoguchi/contract';
import {
  addMailbox,
  addMember,
  createWorkspace,
  houseActor,
  listMailboxes,
  listRoles,
  loadActor,
  type MemberActor,
  saveMailboxMembers,
  setMemberPassword,
} from '../accounts/index.ts';
import { saveMailbox } from '../accounts/mailbox/save-mailbox.ts';
import { findMembers } from '../accounts/member/store.ts';
import { makeStatuses } from '../conversation/index.ts';
import type { Tx } from '../platform/index.ts';
import { COMPANY, MAILBOXES, type MailboxKey, PASSWORD, PEOPLE } from './company.ts';

/** The example company as the database knows it. */
export interface MadeCompany {
  workspaceId: WorkspaceId;
  /** In the order of PEOPLE. */
  people: readonly MemberActor[];
  mailboxes: ReadonlyMap<MailboxKey, MailboxId>;
}

/** Company, statuses, people and shared mailboxes, in one transaction. */
export async function makeCompany(tx: Tx, baseUrl: string): Promise<void> {
  const [first, ...others] = PEOPLE;
  if (first === undefined) throw new RangeError('the example company has nobody');
  const admin = await createWorkspace(tx, { ...first, company: COMPANY, password: PASSWORD, demo: true });
  await makeStatuses(tx, admin.workspaceId);
  const role = (await listRoles(tx, admin.workspaceId)).find(({ key }) => key === 'member');
  if (role === undefined) throw new Error('the example company lacks the role of a member');
  const memberIds = [admin.memberId];
  for (const { name, email } of others) {
    const { member } = await addMember(tx, admin, { name, email, roleId: role.id, mailboxIds: [], baseUrl });
    await setMemberPassword(tx, houseActor(admin.workspaceId), { memberId: member.id, password: PASSWORD });
    memberIds.push(member.id);
  }
  for (const mailbox of MAILBOXES) {
    const staff = memberIds.filter((_, no) => PEOPLE[no]?.mailboxes.includes(mailbox.key));
    await makeMailbox(tx, admin, mailbox, staff);
  }
}

async function makeMailbox(
  tx: Tx,
  admin: MemberActor,
  { key: _key, ...facts }: (typeof MAILBOXES)[number],
  memberIds: readonly MemberActor['memberId'][],
): Promise<void> {
  const { id: mailboxId, aliases, ageLimits } = await addMailbox(tx, admin, { ...facts, memberIds });
  await saveMailbox(tx, admin, { ...facts, mailboxId, aliases, ageLimits });
  await saveMailboxMembers(tx, admin, { mailboxId, memberIds });
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
  return { workspaceId, people, mailboxes };
}
