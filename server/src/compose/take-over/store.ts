/** Writes take_over; reads member (the asker's name). Every clock here is clock_timestamp(), as hold's is. */
import type { AnswerId, MemberId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/index.ts';
import type { TakeOver } from './take-over.ts';

const COLUMNS = [
  'take_over.workspace_id as workspaceId',
  'take_over.answer_id as answerId',
  'take_over.conversation_id as conversationId',
  'take_over.asker_id as askerId',
  'take_over.client_id as clientId',
  'take_over.holder_id as holderId',
  'take_over.asked_at as askedAt',
  'take_over.expires_at as expiresAt',
] as const;

export interface AskKey {
  workspaceId: WorkspaceId;
  answerId: AnswerId;
}

export async function findAsk(
  tx: Tx,
  { workspaceId, answerId }: AskKey,
): Promise<(TakeOver & { askerName: string }) | null> {
  const row = await tx
    .selectFrom('take_over')
    .innerJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'take_over.workspace_id')
        .onRef('member.id', '=', 'take_over.asker_id'),
    )
    .select(COLUMNS)
    .select('member.name as askerName')
    .where('take_over.workspace_id', '=', workspaceId)
    .where('take_over.answer_id', '=', answerId)
    .executeTakeFirst();
  return row ?? null;
}

/** Under the answer's lock, when nobody asks; 30 seconds from now. */
export async function insertAsk(
  tx: Tx,
  ask: Pick<TakeOver, 'workspaceId' | 'answerId' | 'conversationId' | 'askerId' | 'clientId' | 'holderId'>,
): Promise<TakeOver> {
  return await tx
    .insertInto('take_over')
    .values({
      workspace_id: ask.workspaceId,
      answer_id: ask.answerId,
      conversation_id: ask.conversationId,
      asker_id: ask.askerId,
      client_id: ask.clientId,
      holder_id: ask.holderId,
      asked_at: sql<Date>`clock_timestamp()`,
      expires_at: sql<Date>`clock_timestamp() + interval '30 seconds'`,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** The same person asks from another of his windows. */
export async function moveAsk(
  tx: Tx,
  { workspaceId, answerId, conversationId, clientId }: TakeOver,
): Promise<void> {
  await tx
    .updateTable('take_over')
    .set({ conversation_id: conversationId, client_id: clientId })
    .where('workspace_id', '=', workspaceId)
    .where('answer_id', '=', answerId)
    .execute();
}

interface Which {
  /** Only this person's. */
  askerId?: MemberId;
  /** Only when its time is over at this moment. */
  expired?: boolean;
}

/** Takes the question away; null when there is none of this kind. */
export async function deleteAsk(
  tx: Tx,
  { workspaceId, answerId }: AskKey,
  { askerId, expired = false }: Which = {},
): Promise<TakeOver | null> {
  const row = await tx
    .deleteFrom('take_over')
    .where('workspace_id', '=', workspaceId)
    .where('answer_id', '=', answerId)
    .$if(askerId !== undefined, (query) => query.where('asker_id', '=', askerId as MemberId))
    .$if(expired, (query) => query.where('expires_at', '<=', sql<Date>`clock_timestamp()`))
    .returning(COLUMNS)
    .executeTakeFirst();
  return row ?? null;
}
