import { allPages } from '../house/all-pages.ts';
import { type AccountFolder, type Place, placeOf } from '../house/imap-accounts.ts';
import type { House } from '../house/start-house.ts';

/** What the house keeps of one delivery. */
export interface Kept {
  rawId: string;
  /** Null for what came by SMTP. */
  place: Place | null;
  sha256: string;
  state: string;
  reason: string | null;
  duplicateOf: string | null;
  conversationIds: string[];
  messageIds: string[];
  bounces: number;
}

interface Row {
  id: string;
  user: string | null;
  folder: string | null;
  uid_validity: number | null;
  uid: number | null;
  sha256: string;
  state: string;
  reason: string | null;
  duplicate_of: string | null;
  messages: string[];
  conversations: string[];
  bounces: number;
}

/** Every raw message with what was made of it, straight from the tables. */
export async function readKept(house: House): Promise<Kept[]> {
  const rows = await house.rows<Row>(`
    select r.id, c.imap->>'user' as user, r.folder, r.uid_validity::float8, r.uid::float8,
      encode(r.sha256, 'hex') as sha256, r.state, r.reason, r.duplicate_of,
      array(select m.id::text from message m where m.workspace_id = r.workspace_id and m.raw_message_id = r.id) as messages,
      array(select m.conversation_id::text from message m where m.workspace_id = r.workspace_id and m.raw_message_id = r.id) as conversations,
      (select count(*)::int from bounce b where b.workspace_id = r.workspace_id and b.raw_message_id = r.id) as bounces
    from raw_message r join channel c on c.workspace_id = r.workspace_id and c.id = r.channel_id
    order by r.received_at, r.id`);
  return rows.map((row) => ({
    rawId: row.id,
    place: placeIn(row),
    sha256: row.sha256,
    state: row.state,
    reason: row.reason,
    duplicateOf: row.duplicate_of,
    conversationIds: row.conversations,
    messageIds: row.messages,
    bounces: row.bounces,
  }));
}

function placeIn({ user, folder, uid_validity: validity, uid }: Row): Place | null {
  if (user === null || folder === null || validity === null || uid === null) return null;
  const at: AccountFolder = { user, folder };
  return placeOf(at, validity, uid);
}

/** Ids of all messages that a person can reach over the API, in every place. */
export async function listVisible(house: House): Promise<{ conversations: number; messageIds: string[] }> {
  const conversations = [];
  for (const place of ['inbox', 'spam', 'trash']) {
    conversations.push(...(await allPages(house, `/conversations?place=${place}`)));
  }
  const messageIds: string[] = [];
  const left = conversations.map(({ id }) => id);
  const walk = async () => {
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      const messages = await allPages(house, `/conversations/${id}/messages`);
      messageIds.push(...messages.map((message) => message.id));
    }
  };
  await Promise.all([walk(), walk(), walk(), walk()]);
  return { conversations: conversations.length, messageIds };
}

export interface ChannelLedger {
  id: string;
  kind: string;
  user: string | null;
  address: string;
  ledger: Record<'seen' | 'taken' | 'duplicate' | 'quarantined' | 'ignored' | 'waiting', number>;
}

/** The ledgers as an administrator reads them, over the API. */
export async function readLedgers(house: House): Promise<ChannelLedger[]> {
  const mailboxes = await allPages(house, '/mailboxes');
  const channels = await allPages(house, '/channels');
  return channels.map(({ id, kind, imap, mailboxId, ledger }) => ({
    id,
    kind,
    user: imap?.user ?? null,
    address: mailboxes.find((mailbox) => mailbox.id === mailboxId)?.address ?? '',
    ledger,
  }));
}
