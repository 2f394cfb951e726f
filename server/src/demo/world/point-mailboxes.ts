import type { MailAccount } from '@madoguchi/contract';
import { houseActor, listMailboxes, listWorkspaces } from '../../accounts/index.ts';
import { addChannel } from '../../channels/index.ts';
import { saveChannel } from '../../channels/save-channel.ts';
import { listChannels } from '../../channels/store.ts';
import type { Secrets, Tx } from '../../platform/index.ts';

const LOOPBACK = '127.0.0.1';

/** Leads what the shared mailboxes send into the invented world. An account that a person set up is left alone. */
export async function pointMailboxes(tx: Tx, secrets: Secrets, port: number): Promise<void> {
  const [workspace] = await listWorkspaces(tx);
  if (workspace === undefined) return;
  const house = houseActor(workspace.id);
  const channels = (await listChannels(tx, workspace.id, 'all')).filter(({ smtp }) => smtp !== null);
  const door = { host: LOOPBACK, port, security: 'none', verifyCertificate: false, user: '' } as const;
  const account: MailAccount = { imap: null, smtp: door };
  for (const { id: mailboxId } of await listMailboxes(tx, house)) {
    const channel = channels.find((one) => one.mailboxId === mailboxId);
    if (channel === undefined) await addChannel(tx, house, { mailboxId, account }, secrets);
    else if (channel.smtp?.host === LOOPBACK && channel.smtp.port !== port && channel.imap === null) {
      await saveChannel(tx, house, { channelId: channel.id, account, off: channel.isOff }, secrets);
    }
  }
}
