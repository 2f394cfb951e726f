import type { MailboxId, MemberId, RoleId, TeamId, WorkspaceId } from '@madoguchi/contract';
import { houseActor, leaveMember, makeToken, setMemberPassword } from '../../accounts/index.ts';
import { insertRoles } from '../../accounts/workspace/store.ts';
import { type App, newId, type Tx } from '../../platform/index.ts';
import { TEST_ORIGIN } from '../open-house.ts';
import { type Column, columns } from './columns.ts';
import type { OneConnection } from './one-connection.ts';

const PASSWORD = 'kasumi-no-nagare-77';

/** One column's person, ready to ask. */
export interface Asker {
  column: Column;
  workspaceId: WorkspaceId;
  memberId: MemberId;
  roleId: RoleId;
  /** What his requests carry. */
  headers: Record<string, string>;
}

export interface Company {
  workspaceId: WorkspaceId;
  roleIds: ReadonlyMap<string, RoleId>;
  mailboxIds: readonly MailboxId[];
  teamId: TeamId;
}

export async function insertPerson(
  tx: Tx,
  { workspaceId, roleIds, mailboxIds, teamId }: Company,
  given: Pick<Column, 'key' | 'role' | 'level' | 'inTeam'>,
): Promise<{ memberId: MemberId; roleId: RoleId }> {
  const memberId = newId<MemberId>();
  const roleId = await roleOf(tx, workspaceId, roleIds, given);
  const key = { workspace_id: workspaceId, member_id: memberId };
  await tx
    .insertInto('member')
    .values({
      workspace_id: workspaceId,
      id: memberId,
      name: `係 ${given.key}`,
      email: emailOf(given.key),
      role_id: roleId,
      state: 'invited',
      tint: 1,
    })
    .execute();
  const { level } = given;
  if (level !== null) {
    const rows = mailboxIds.map((id) => ({ ...key, mailbox_id: id, level }));
    await tx.insertInto('mailbox_member').values(rows).execute();
  }
  if (given.inTeam)
    await tx
      .insertInto('team_member')
      .values({ ...key, team_id: teamId })
      .execute();
  await setMemberPassword(tx, { workspaceId }, { memberId, password: PASSWORD });
  return { memberId, roleId };
}

const emailOf = (key: string) => `${key.replace('-', '.without')}@matrix.example`;

async function roleOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  roleIds: Company['roleIds'],
  { key, role }: Pick<Column, 'key' | 'role'>,
): Promise<RoleId> {
  if (typeof role === 'string') {
    const found = roleIds.get(role);
    if (found === undefined) throw new Error(`there is no role ${role}`);
    return found;
  }
  const id = newId<RoleId>();
  await tx
    .insertInto('role')
    .values({
      workspace_id: workspaceId,
      id,
      key: id,
      name: key,
      permissions: [...role.permissions],
      scope: role.scope,
      second_factor: role.secondFactor,
    })
    .execute();
  return id;
}

export async function makeRoles(tx: Tx, workspaceId: WorkspaceId): Promise<ReadonlyMap<string, RoleId>> {
  return insertRoles(tx, workspaceId);
}

/** Everyone of the columns, signed in as each comes. */
export async function makeAskers(
  { db }: OneConnection,
  app: App,
  company: Company,
  another: Company,
): Promise<Asker[]> {
  const askers: Asker[] = [];
  for (const column of columns) {
    const home = column.workspace === 'this' ? company : another;
    const { workspaceId } = home;
    const ids = await db.transaction((tx) => insertPerson(tx, home, column));
    const house = houseActor(workspaceId);
    const token = column.way === 'token' ? await db.transaction((tx) => makeToken(tx, house, ids)) : null;
    if (column.left) {
      const leave = { memberId: ids.memberId, successorId: null };
      await db.transaction((tx) => leaveMember(tx, house, 'left', leave));
    }
    const headers = await headersOf(app, column, token);
    const looking = await lookAs(app, { column, workspaceId, ...ids, headers }, askers);
    askers.push(looking);
  }
  return askers;
}

/** Whoever looks as another is that person to every request; those of his own stand before him in the columns. */
async function lookAs(app: App, asker: Asker, askers: readonly Asker[]): Promise<Asker> {
  const { looksAs } = asker.column;
  if (looksAs === null) return asker;
  const seen = askers.find(({ column }) => column.key === looksAs);
  if (seen === undefined) throw new Error(`nobody is there to look as: ${looksAs}`);
  const { memberId, roleId } = seen;
  const { cookie } = asker.headers;
  const url = '/api/v1/preview';
  const begun = await app.inject({ method: 'POST', url, headers: asker.headers, payload: { memberId } });
  if (begun.statusCode !== 200) throw new Error(`${looksAs} cannot be looked at: ${begun.body}`);
  return {
    ...asker,
    memberId,
    roleId,
    headers: { ...asker.headers, cookie: `${cookie}; ${cookiesIn(begun)}` },
  };
}

const cookiesIn = ({ cookies }: Pick<Awaited<ReturnType<App['inject']>>, 'cookies'>): string =>
  cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');

async function headersOf(app: App, column: Column, token: string | null): Promise<Record<string, string>> {
  if (column.way === 'nothing') return {};
  if (token !== null) return { authorization: `Bearer ${token}` };
  return { cookie: await signInAs(app, emailOf(column.key)), origin: TEST_ORIGIN };
}

/** A session as the page has it. */
export async function signInAs(app: App, email: string): Promise<string> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    headers: { origin: TEST_ORIGIN },
    payload: { email, password: PASSWORD },
  });
  if (answer.statusCode !== 200) throw new Error(`sign-in of ${email} was refused: ${answer.body}`);
  return cookiesIn(answer);
}
