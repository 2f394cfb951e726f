/**
 * The way of one letter, on one screen: what was read becomes a message, in one transaction.
 */
import type { MailboxId } from '@madoguchi/contract';
import type { Actor } from '../accounts/index.ts';
import {
  lockRawMessage,
  markDuplicate,
  markQuarantined,
  markTaken,
  type RawMessage,
} from '../channels/index.ts';
import { receiveMessage } from '../conversation/index.ts';
import { identifyCustomer } from '../customers/index.ts';
import { recordBounce } from '../outbox/index.ts';
import { storable, type Tx } from '../platform/index.ts';
import { findTwin } from './dedupe-letter.ts';
import { senderOf } from './identify-customer.ts';
import { type Match, matchConversation, namedIds } from './match-conversation.ts';
import type { Reading } from './reading.ts';
import {
  findByMessageIds,
  findNaming,
  findSameReport,
  listOwnAddresses,
  listParticipants,
  lockLetter,
} from './store.ts';

type Raw = Pick<RawMessage, 'workspaceId' | 'id' | 'mailboxId' | 'receivedAt' | 'sha256'>;

/** The nearest ids: the lock table is not for a letter that names a thousand. */
const MOST_NAMED_LOCKS = 10;

export type TakenAs = 'message' | 'duplicate' | 'bounce' | 'quarantined' | 'settled_before';

/**
 * Decides and writes, under the locks of the Message-ID and of the mailbox: kept already, a report about a
 * letter of ours, or a message in the conversation where it belongs. Every raw message ends as one of these.
 */
export async function takeIn(
  tx: Tx,
  actor: Actor,
  { raw, reading: given }: { raw: Raw; reading: Reading },
): Promise<TakenAs> {
  const reading = storable(given);
  const { letter, wire } = reading;
  const messageIds = [letter.messageId, ...namedIds(letter).slice(0, MOST_NAMED_LOCKS)];
  await lockLetter(tx, actor.workspaceId, { messageIds, mailboxId: raw.mailboxId });
  const now = await lockRawMessage(tx, actor.workspaceId, raw.id);
  if (now === null || now.state !== 'waiting') return 'settled_before';

  const own = await listOwnAddresses(tx, actor.workspaceId);
  const mailboxOf = (address: string) => own.get(address.toLowerCase());
  const same = await findByMessageIds(tx, actor, [letter.messageId]);
  const arrived = { ...reading, contentHash: wire.contentHash, mailboxId: raw.mailboxId, mailboxOf };
  const twin = findTwin(arrived, same);
  if (twin.kind === 'same') return settleTwin(tx, raw, twin.of.rawMessageId);
  const report = await settleReport(tx, raw, reading);
  if (report !== null) return report;

  const match = matchConversation(
    {
      letter,
      contentHash: wire.contentHash,
      mailboxId: raw.mailboxId,
      receivedAt: raw.receivedAt,
      addressedTo: mailboxesIn(reading, mailboxOf),
      onlyHere: twin.kind === 'handed_over',
    },
    {
      named: await findByMessageIds(tx, actor, namedIds(letter)),
      children: await findNaming(tx, actor, letter.messageId),
      same,
    },
  );
  await write(tx, actor, { raw, reading, match, isOurs: (address) => mailboxOf(address) !== undefined });
  if (reading.unreadable === null) await markTaken(tx, raw);
  else await markQuarantined(tx, raw, reading.unreadable);
  return reading.unreadable === null ? 'message' : 'quarantined';
}

/** Read again (a mended intake), a letter is its own twin: it was taken, and is no duplicate. */
async function settleTwin(tx: Tx, raw: Raw, twinRawId: Raw['id'] | null): Promise<TakenAs> {
  if (twinRawId === raw.id) await markTaken(tx, raw);
  else await markDuplicate(tx, raw, twinRawId);
  return 'duplicate';
}

/**
 * A report on a letter of ours belongs to that letter, once: read again, it must not reopen what was done
 * since. Any other report is shown like a letter.
 */
async function settleReport(tx: Tx, raw: Raw, { bounce, letter }: Reading): Promise<TakenAs | null> {
  if (bounce === null) return null;
  const twin = await findSameReport(tx, raw);
  if (twin !== null) return settleTwin(tx, raw, twin);
  const recipients = bounce.recipients.map(({ status, ...rest }) => ({ ...rest, status: status ?? '' }));
  for (const originalMessageId of [bounce.originalMessageId ?? '', ...namedIds(letter)].filter(Boolean)) {
    const { workspaceId, id: rawMessageId } = raw;
    const recorded = await recordBounce(tx, { workspaceId, rawMessageId, originalMessageId, recipients });
    if (recorded === null) continue;
    await markTaken(tx, raw);
    return 'bounce';
  }
  return null;
}

interface Decided {
  raw: Raw;
  reading: Reading;
  match: Match;
  isOurs: (address: string) => boolean;
}

async function write(tx: Tx, actor: Actor, { raw, reading, match, isOurs }: Decided): Promise<void> {
  const { letter, wire, autoReply, unreadable } = reading;
  const sender = senderOf(reading, isOurs);
  const participants =
    match.conversationId === null ? null : await listParticipants(tx, actor, match.conversationId);
  const isNamed = [sender?.address ?? '', letter.from.address].some(
    (address) => isOurs(address) || participants?.has(address.toLowerCase()),
  );
  await receiveMessage(tx, actor, {
    ...match,
    mailboxId: raw.mailboxId,
    rawMessageId: raw.id,
    receivedAt: raw.receivedAt,
    place: reading.spam ? 'spam' : 'inbox',
    customerId: sender && (await identifyCustomer(tx, actor.workspaceId, sender)),
    stranger: participants !== null && !isNamed,
    autoReply,
    unreadable,
    letter,
    wire,
  });
}

function mailboxesIn(
  { letter }: Reading,
  mailboxOf: (address: string) => MailboxId | undefined,
): Set<MailboxId> {
  const { to, cc } = letter.recipients;
  return new Set([...to, ...cc].flatMap(({ address }) => mailboxOf(address) ?? []));
}
