import { createHash } from 'node:crypto';
import type { ChannelId, ConversationId, MailboxId, RawMessageId, WorkspaceId } from '@madoguchi/contract';
import { type Actor, houseActor, type MemberActor } from '../accounts/index.ts';
import { lockRawMessage, type RawMessage } from '../channels/index.ts';
import { type Conversation, makeStatuses } from '../conversation/index.ts';
import { newId, type Tx } from '../platform/index.ts';
import { aLetter, type LetterGiven } from './a-letter.ts';
import { aMailbox, aMember, aWorkspace } from './builders.ts';

export interface Shop {
  workspaceId: WorkspaceId;
  house: Actor;
  order: MailboxId;
  info: MailboxId;
  /** Works in both mailboxes and may do everything. */
  ada: MemberActor;
  /** Works in `order` only. */
  ben: MemberActor;
}

/** A company with two shared mailboxes, two people and the four statuses. */
export async function aShop(tx: Tx, domain = 'komorebi.example'): Promise<Shop> {
  const workspaceId = await aWorkspace(tx);
  await makeStatuses(tx, workspaceId);
  const order = await aMailbox(tx, workspaceId, { address: `order@${domain}` });
  const info = await aMailbox(tx, workspaceId, { address: `info@${domain}`, name: 'お問い合わせ' });
  return {
    workspaceId,
    house: houseActor(workspaceId),
    order,
    info,
    ada: await aMember(tx, workspaceId, { name: '佐藤 美咲', mailboxIds: [order, info] }),
    ben: await aMember(tx, workspaceId, { name: '田中 彩', mailboxIds: [order] }),
  };
}

/** A conversation that a customer's letter began in a mailbox. */
export async function aConversation(
  tx: Tx,
  place: { workspaceId: WorkspaceId; mailboxId: MailboxId },
  given: Omit<LetterGiven, 'conversationId'> = {},
): Promise<Conversation> {
  return (await aLetter(tx, place, given)).conversation;
}

/** A raw message that waits for intake. */
export async function aWaitingRaw(
  tx: Tx,
  { workspaceId, mailboxId }: { workspaceId: WorkspaceId; mailboxId: MailboxId },
  bytes: Buffer | string = 'Subject: x\r\n\r\n',
): Promise<RawMessage> {
  const body = Buffer.from(bytes);
  const id = newId<RawMessageId>();
  await tx
    .insertInto('raw_message')
    .values({
      workspace_id: workspaceId,
      id,
      channel_id: await aChannel(tx, workspaceId, mailboxId),
      mailbox_id: mailboxId,
      envelope: JSON.stringify({ mailFrom: null, rcptTo: [], peer: null, helo: null, tls: null }),
      size: body.length,
      sha256: createHash('sha256').update(body).digest(),
      body,
      in_file: false,
    })
    .execute();
  const raw = await lockRawMessage(tx, workspaceId, id);
  if (raw === null) throw new Error('a raw message was not kept');
  return raw;
}

async function aChannel(tx: Tx, workspaceId: WorkspaceId, mailboxId: MailboxId): Promise<ChannelId> {
  const id = newId<ChannelId>();
  const made = await tx
    .insertInto('channel')
    .values({ workspace_id: workspaceId, id, mailbox_id: mailboxId, kind: 'import' })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made !== undefined) return made.id;
  const found = await tx
    .selectFrom('channel')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('mailbox_id', '=', mailboxId)
    .executeTakeFirstOrThrow();
  return found.id;
}

/** The messages of a workspace, or of one conversation, in the order in which they are shown. */
export async function messagesIn(tx: Tx, workspaceId: WorkspaceId, conversationId?: ConversationId) {
  let query = tx.selectFrom('message').selectAll().where('workspace_id', '=', workspaceId);
  if (conversationId !== undefined) query = query.where('conversation_id', '=', conversationId);
  return query.orderBy('received_at').orderBy('revision').execute();
}
