import type { MailboxId } from '@madoguchi/contract';
import {
  addChannelRoute,
  type Channel,
  type Ledger,
  listChannelsRoute,
  pollChannelRoute,
  saveChannelRoute,
  tryAccountRoute,
} from '@madoguchi/contract';
import { type Actor, actorOf, mailboxesFor } from '../accounts/index.ts';
import { type App, type Edge, route, type Secrets, type Tx } from '../platform/index.ts';
import type { StoredDoor } from './channel.ts';
import { openSecret } from './email/door-secret.ts';
import { channelNotFound } from './errors.ts';
import { addChannel, lockOwnChannel, pollChannel, saveChannel } from './save-channel.ts';
import { mayReuseSecret } from './secret-given.ts';
import { type ChannelRow, emptyLedger, listChannels, readLedgers } from './store.ts';
import { tryAccount } from './try-account.ts';

export function channelsRoutes(app: App, { db, config, secrets }: Edge): void {
  route(app, listChannelsRoute, ({ request }) =>
    db.transaction(async (tx) => ({ items: await wireChannels(tx, actorOf(request)), next: null })),
  );
  route(app, addChannelRoute, ({ request, body }) =>
    db.transaction(async (tx) => {
      const actor = actorOf(request);
      const id = await addChannel(tx, actor, body, secrets);
      return wireChannel(tx, actor, id);
    }),
  );
  route(app, saveChannelRoute, ({ request, params, body }) =>
    db.transaction(async (tx) => {
      const actor = actorOf(request);
      await saveChannel(tx, actor, { ...params, ...body }, secrets);
      return wireChannel(tx, actor, params.channelId);
    }),
  );
  route(app, pollChannelRoute, ({ request, params }) =>
    db.transaction(async (tx) => {
      await pollChannel(tx, actorOf(request), params.channelId);
      return {};
    }),
  );
  route(app, tryAccountRoute, async ({ request, body: { account, channelId } }) => {
    const actor = actorOf(request);
    if (mailboxesFor(actor, 'channel.manage').length === 0) throw channelNotFound({});
    const lender = channelId && (await db.transaction((tx) => lockOwnChannel(tx, actor, channelId)));

    return tryAccount(config, account, lender ? lent(lender, account, secrets) : undefined);
  });
}

function lent(
  channel: ChannelRow,
  { imap, smtp }: { imap: StoredDoor | null; smtp: StoredDoor | null },
  secrets: Secrets,
) {
  return {
    imap: mayReuseSecret(channel.imap, imap) ? openSecret(secrets, channel.imapSecret) : null,
    smtp: mayReuseSecret(channel.smtp, smtp) ? openSecret(secrets, channel.smtpSecret) : null,
  };
}

async function wireChannels(tx: Tx, actor: Actor): Promise<Channel[]> {
  const channels = await listChannels(tx, actor.workspaceId, seenDoors(actor));
  const ledgers = await readLedgers(tx, actor.workspaceId);
  return channels.map((channel) => toWire(channel, ledgers.get(channel.id) ?? emptyLedger()));
}

/** Hosts and users are nobody's business but that of who looks after the mailbox or its doors. */
function seenDoors(actor: Actor): readonly MailboxId[] | 'all' {
  const doors = mailboxesFor(actor, 'channel.manage');
  return doors === 'all' ? doors : mailboxesFor(actor, 'mailbox.edit');
}

async function wireChannel(tx: Tx, actor: Actor, channelId: Channel['id']): Promise<Channel> {
  const found = (await wireChannels(tx, actor)).find(({ id }) => id === channelId);
  if (found === undefined) throw channelNotFound({});
  return found;
}

function toWire(channel: ChannelRow, ledger: Ledger): Channel {
  return {
    id: channel.id,
    mailboxId: channel.mailboxId,
    kind: channel.kind,
    imap: channel.imap && { ...channel.imap, hasSecret: channel.imapSecret !== null },
    smtp: channel.smtp && { ...channel.smtp, hasSecret: channel.smtpSecret !== null },
    state: channel.state,
    problem: channel.problem,
    notReceivingSince: channel.notReceivingSince?.toISOString() ?? null,
    lastCheckedAt: channel.lastCheckedAt?.toISOString() ?? null,
    ledger,
  };
}
