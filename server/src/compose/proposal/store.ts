/**
 * Writes nothing. Reads mailbox, mailbox_address and member (who writes from where), and message with its
 * references, parts and conversation (what is answered).
 */
import type {
  Address,
  AfterSend,
  ConversationId,
  MailboxId,
  MessageId,
  StatusKind,
} from '@madoguchi/contract';
import { sql } from 'kysely';
import { type Actor, type MemberActor, visible } from '../../accounts/index.ts';
import type { Json, Tx } from '../../platform/index.ts';
import type { NewUpload } from '../upload/store.ts';

/** Where and as whom somebody writes. */
export interface Desk {
  mailboxId: MailboxId;
  /** The name that a customer sees beside the address; may be empty. */
  senderName: string;
  /** The mailbox's main address. */
  main: string;
  aliases: string[];
  afterSend: StatusKind | 'keep';
  /** How long a letter waits, so that it can be undone. */
  undoSeconds: number;
  /** The member's own, else the mailbox's. */
  signature: string;
  language: string;
  timeZone: string;
}

const HOUSE_LANGUAGE = 'ja';
const HOUSE_TIME_ZONE = 'Asia/Tokyo';

/** Null when the mailbox is off or has no address. */
export async function findDesk(tx: Tx, actor: MemberActor, mailboxId: MailboxId): Promise<Desk | null> {
  const mailbox = await tx
    .selectFrom('mailbox')
    .select([
      'sender_name as senderName',
      'signature',
      'after_send as afterSend',
      'undo_seconds as undoSeconds',
    ])
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', mailboxId)
    .where('off_at', 'is', null)
    .executeTakeFirst();
  const addresses = await tx
    .selectFrom('mailbox_address')
    .select(['address', 'main'])
    .where('workspace_id', '=', actor.workspaceId)
    .where('mailbox_id', '=', mailboxId)
    .execute();
  const member = await tx
    .selectFrom('member')
    .select(['signature', 'language', 'time_zone as timeZone'])
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', actor.memberId)
    .executeTakeFirst();
  const main = addresses.find((one) => one.main)?.address;
  if (mailbox === undefined || main === undefined || member === undefined) return null;
  return {
    mailboxId,
    senderName: mailbox.senderName,
    main,
    aliases: addresses.filter((one) => !one.main).map(({ address }) => address),
    afterSend: mailbox.afterSend satisfies AfterSend,
    undoSeconds: mailbox.undoSeconds,
    signature: member.signature === '' ? mailbox.signature : member.signature,
    language: member.language ?? HOUSE_LANGUAGE,
    timeZone: member.timeZone ?? HOUSE_TIME_ZONE,
  };
}

/** Every address and alias of the workspace's mailboxes, lower case; also of those that are off. */
export async function listOwnAddresses(tx: Tx, actor: Actor): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('mailbox_address')
    .select('address')
    .where('workspace_id', '=', actor.workspaceId)
    .execute();
  return new Set(rows.map(({ address }) => address));
}

/** A letter that is answered or passed on. */
export interface Letter {
  id: MessageId;
  kind: 'in' | 'out';
  /** Without <>; null is unknown. */
  messageId: string | null;
  /** What it named as before it, oldest first. */
  references: string[];
  from: Address;
  to: Address[];
  cc: Address[];
  replyTo: Address[];
  subject: string;
  text: string;
  /** The sender's clock where it had one, else our receipt. */
  at: Date;
}

interface Wanted {
  conversationId: ConversationId;
  /** Left out: the newest that an answer would go to. */
  messageId: MessageId | null;
}

/**
 * A letter of a conversation that the actor may see. Notes are none: words among ourselves are never quoted
 * to the outside. Unnamed, it is the newest from somebody who belongs here and is no machine; else our own
 * newest; a stranger who only knew an id comes last, so that no answer goes to him by itself.
 */
export async function findLetter(tx: Tx, actor: Actor, wanted: Wanted): Promise<Letter | null> {
  const row = await tx
    .selectFrom('message')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'message.workspace_id')
        .onRef('conversation.id', '=', 'message.conversation_id'),
    )
    .select([
      'message.id',
      'message.kind',
      'message.message_id as messageId',
      'message.from_name as fromName',
      'message.from_address as fromAddress',
      'message.recipients',
      'message.subject',
      'message.text',
      'message.sent_at as sentAt',
      'message.received_at as receivedAt',
    ])
    .where('message.workspace_id', '=', actor.workspaceId)
    .where('message.conversation_id', '=', wanted.conversationId)
    .where('message.kind', 'in', ['in', 'out'])
    .where('message.unsaid', 'is', null)
    .where(visible(actor))
    .$if(wanted.messageId !== null, (query) => query.where('message.id', '=', wanted.messageId))
    .orderBy(sql`(message.kind = 'in' and not message.stranger and not message.auto_reply)`, 'desc')
    .orderBy(sql`(message.kind = 'out')`, 'desc')
    .orderBy('message.revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    id: row.id,
    kind: row.kind === 'out' ? 'out' : 'in',
    messageId: row.messageId,
    references: await listReferences(tx, actor, row.id),
    from: { name: row.fromName, address: row.fromAddress },
    ...peopleOf(row.recipients),
    subject: row.subject,
    text: row.text,
    at: row.sentAt ?? row.receivedAt,
  };
}

/** conversation wrote the column in this shape; letters of one kind may lack a list. */
function peopleOf(recipients: Json): Pick<Letter, 'to' | 'cc' | 'replyTo'> {
  const { to = [], cc = [], replyTo = [] } = recipients as unknown as Partial<Letter>;
  return { to, cc, replyTo };
}

/** References oldest first, then what In-Reply-To alone names; together they lead back to the beginning. */
async function listReferences(tx: Tx, actor: Actor, id: MessageId): Promise<string[]> {
  const rows = await tx
    .selectFrom('message_reference')
    .select('referenced')
    .where('workspace_id', '=', actor.workspaceId)
    .where('message_row_id', '=', id)
    .orderBy('rank')
    .execute();
  return rows.map(({ referenced }) => referenced);
}

/** The letter's files and pictures, in their order. */
export async function listParts(tx: Tx, actor: Actor, id: MessageId): Promise<NewUpload[]> {
  return await tx
    .selectFrom('message_part')
    .innerJoin('message', (join) =>
      join
        .onRef('message.workspace_id', '=', 'message_part.workspace_id')
        .onRef('message.id', '=', 'message_part.message_row_id'),
    )
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'message.workspace_id')
        .onRef('conversation.id', '=', 'message.conversation_id'),
    )
    .select(['message_part.sha256', 'message_part.name', 'message_part.type', 'message_part.size'])
    .where('message_part.workspace_id', '=', actor.workspaceId)
    .where('message_part.message_row_id', '=', id)
    .where(visible(actor))
    .orderBy('message_part.rank')
    .execute();
}
