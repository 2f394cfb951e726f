/** Writes nothing. Reads message and conversation: whom a mask can stand for. */
import type { Address, ConversationId, MessageId } from '@madoguchi/contract';
import { type Actor, visible } from '../../accounts/index.ts';
import type { Json, Tx } from '../../platform/index.ts';

interface LetterHere {
  id: MessageId;
  /** From, To, Cc, Bcc and Reply-To. */
  people: Address[];
  subject: string;
  text: string;
}

/** A conversation of more letters than that is answered by its newest. */
const MOST = 200;

/** What was written in a conversation that the actor may see, the newest first. */
export async function listLetters(
  tx: Tx,
  actor: Actor,
  conversationId: ConversationId,
): Promise<LetterHere[]> {
  const rows = await tx
    .selectFrom('message')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'message.workspace_id')
        .onRef('conversation.id', '=', 'message.conversation_id'),
    )
    .select([
      'message.id',
      'message.from_name as fromName',
      'message.from_address as fromAddress',
      'message.recipients',
      'message.subject',
      'message.text',
    ])
    .where('message.workspace_id', '=', actor.workspaceId)
    .where('message.conversation_id', '=', conversationId)
    .where(visible(actor))
    .orderBy('message.revision', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ id, fromName, fromAddress, recipients, subject, text }) => ({
    id,
    people: [{ name: fromName, address: fromAddress }, ...recipientsOf(recipients)],
    subject,
    text,
  }));
}

/** conversation wrote the column: lists of people, whatever each is called. */
const recipientsOf = (recipients: Json): Address[] =>
  Object.values((recipients ?? {}) as unknown as Record<string, Address[]>).flat();
