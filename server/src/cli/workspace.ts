import type { WorkspaceId } from '@madoguchi/contract';
import { addMailbox, addWorkspace, cleanAddress } from '../accounts/index.ts';
import { makeStatuses } from '../conversation/index.ts';
import type { Config, Db, Tx } from '../platform/index.ts';

export interface WorkspaceOptions {
  company: string;
  email: string;
  name: string;
  /** Shared addresses. */
  mailbox: string[];
  json?: boolean;
}

interface Added {
  workspaceId: WorkspaceId;
  /** Shown this once. */
  link: string;
  expiresAt: string;
}

/**
 * `madoguchi workspace`: one company more in the same house, which nothing of the others can reach. Prints the
 * link with which its administrator begins; the mailboxes are his.
 *
 * @throws accounts.no_workspace_yet before the first one
 */
export async function workspace(
  options: WorkspaceOptions,
  { db, config }: { db: Db; config: Config },
): Promise<void> {
  const added = await db.transaction((tx) => add(tx, options, config.url));
  process.stdout.write(options.json ? `${JSON.stringify(added)}\n` : describe(options, added));
}

async function add(tx: Tx, options: WorkspaceOptions, baseUrl: string): Promise<Added> {
  const { company, name, email } = options;
  const { house, administratorId, link } = await addWorkspace(tx, { company, name, email, baseUrl });
  await makeStatuses(tx, house.workspaceId);
  for (const address of new Set(options.mailbox.map(cleanAddress))) {
    const [mailboxName = address] = address.split('@');
    await addMailbox(tx, house, { name: mailboxName, address, memberIds: [administratorId] });
  }
  return { workspaceId: house.workspaceId, link: link.url, expiresAt: link.expiresAt.toISOString() };
}

const describe = ({ company, name }: WorkspaceOptions, { link, expiresAt }: Added) =>
  `${company} is added. Give ${name} this link, which opens once until ${expiresAt}:\n${link}\n`;
