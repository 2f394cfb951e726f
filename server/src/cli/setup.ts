import { readFile } from 'node:fs/promises';
import type { WorkspaceId } from '@madoguchi/contract';
import {
  type Actor,
  addMailbox,
  cleanAddress,
  createWorkspace,
  findMemberByEmail,
  listMailboxes,
  listWorkspaces,
} from '../accounts/index.ts';
import { makeStatuses } from '../conversation/index.ts';
import { type Db, defineError, type Tx } from '../platform/index.ts';

const PASSWORD_MIN_LENGTH = 10;
const PASSWORD_MAX_LENGTH = 128;

export const setupDiffers = defineError<{ company: string }>(
  'cli.setup_differs',
  'conflict',
  'Another company, or another administrator, has been set up in this house already. Nothing was changed.',
);
export const passwordFileUnreadable = defineError<{ file: string; reason: string }>(
  'cli.password_file_unreadable',
  'invalid',
  'The password file cannot be read.',
);
export const passwordUnfit = defineError(
  'cli.password_unfit',
  'invalid',
  'The password file must hold 10 to 128 characters on one line.',
);

export interface SetupOptions {
  company: string;
  email: string;
  name: string;
  passwordFile: string;
  /** Shared addresses. */
  mailbox: string[];
  json?: boolean;
}

interface FirstRun {
  company: string;
  name: string;
  email: string;
  password: string;
  mailboxes: readonly { name: string; address: string }[];
  demo: boolean;
}

/**
 * The first run, from the page or by command: company, roles, statuses, administrator, shared mailboxes, in
 * which the administrator works.
 *
 * @throws accounts.workspace_exists when it was done before
 */
export async function setUp(tx: Tx, { mailboxes, ...facts }: FirstRun) {
  const administrator = await createWorkspace(tx, facts);
  await makeStatuses(tx, administrator.workspaceId);
  const added = [];
  for (const { name, address } of mailboxes) {
    added.push(await addMailbox(tx, administrator, { name, address, memberIds: [] }));
  }
  return { administrator, mailboxes: added };
}

interface SetupDone {
  workspaceId: WorkspaceId;
  created: boolean;
  mailboxesAdded: string[];
}

/**
 * `madoguchi setup`: the first run without a browser. Run again with the same facts it changes nothing but
 * adds the mailboxes that are missing; the password of an administrator who is there stays as it is.
 */
export async function setup(options: SetupOptions, { db }: { db: Db }): Promise<void> {
  const password = await readPassword(options.passwordFile);
  const done = await db.transaction(async (tx) => {
    const [workspace] = await listWorkspaces(tx);
    return workspace === undefined ? firstRun(tx, options, password) : again(tx, options, workspace);
  });
  process.stdout.write(options.json ? `${JSON.stringify(done)}\n` : describe(options, done));
}

/** @throws passwordFileUnreadable, passwordUnfit */
export async function readPassword(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw passwordFileUnreadable({ file, reason: error.message });
  });
  const password = text.replace(/\r?\n$/, '');
  const fits = password.length >= PASSWORD_MIN_LENGTH && password.length <= PASSWORD_MAX_LENGTH;
  if (!fits || /[\r\n]/.test(password)) throw passwordUnfit({});
  return password;
}

async function firstRun(tx: Tx, options: SetupOptions, password: string): Promise<SetupDone> {
  const mailboxes = wanted(options).map((address) => ({ name: nameFor(address), address }));
  const { administrator } = await setUp(tx, { ...options, password, mailboxes, demo: false });
  return {
    workspaceId: administrator.workspaceId,
    created: true,
    mailboxesAdded: mailboxes.map(({ address }) => address),
  };
}

async function again(
  tx: Tx,
  options: SetupOptions,
  workspace: { id: WorkspaceId; name: string },
): Promise<SetupDone> {
  const found = await findMemberByEmail(tx, options.email);
  if (found === null || workspace.name !== options.company || found.member.name !== options.name) {
    throw setupDiffers({ company: workspace.name });
  }
  const mailboxesAdded = await addMissing(tx, found.house, wanted(options), found.member.id);
  return { workspaceId: workspace.id, created: false, mailboxesAdded };
}

async function addMissing(
  tx: Tx,
  house: Actor,
  addresses: readonly string[],
  memberId: NonNullable<Actor['memberId']>,
): Promise<string[]> {
  const mailboxes = await listMailboxes(tx, house);
  const there = new Set(mailboxes.flatMap(({ address, aliases }) => [address, ...aliases]));
  const missing = addresses.filter((address) => !there.has(address));
  for (const address of missing) {
    await addMailbox(tx, house, { name: nameFor(address), address, memberIds: [memberId] });
  }
  return missing;
}

const wanted = ({ mailbox }: SetupOptions) => [...new Set(mailbox.map(cleanAddress))];

/** What stands before the @, until somebody gives the mailbox a better name. */
const nameFor = (address: string) => address.split('@')[0] || address;

function describe({ company, email }: SetupOptions, { created, mailboxesAdded }: SetupDone): string {
  const added = mailboxesAdded.map((address) => `mailbox added: ${address}\n`).join('');
  if (created) return `${company} is set up; ${email} can sign in.\n${added}`;
  return added || `${company} is set up already; nothing was changed.\n`;
}
