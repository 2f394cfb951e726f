/**
 * conversation_count and conversation_count_change: how many conversations are where. A count is the sum
 * of both. Reads conversation, status, draft and outgoing beside its own.
 */
import type {
  MailboxId,
  MemberId,
  Place,
  StatusId,
  StatusKind,
  TeamId,
  WorkspaceId,
} from '@madoguchi/contract';
import { sql } from 'kysely';
import { type Actor, mailboxesFor, visible } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';

/** The columns by which conversations are counted. */
export interface Counted {
  workspaceId: WorkspaceId;
  mailboxId: MailboxId;
  place: Place;
  statusId: StatusId;
  assigneeId: MemberId | null;
  teamId: TeamId | null;
}

export async function appendCountChange(tx: Tx, counted: Counted, n: 1 | -1): Promise<void> {
  await tx
    .insertInto('conversation_count_change')
    .values({
      workspace_id: counted.workspaceId,
      mailbox_id: counted.mailboxId,
      place: counted.place,
      status_id: counted.statusId,
      assignee_id: counted.assigneeId,
      team_id: counted.teamId,
      n,
    })
    .execute();
}

export interface CountRow {
  mailboxId: MailboxId;
  place: Place;
  statusId: StatusId;
  status: StatusKind;
  mine: boolean;
  unassigned: boolean;
  myTeams: boolean;
  n: number;
}

/** What the actor may see, summed; one statement, so that a fold in between is seen whole or not at all. */
export async function sumCounts(tx: Tx, actor: Actor): Promise<CountRow[]> {
  // Both tables have the columns by which `visible` decides, so their union stands in for conversation.
  const { rows } = await sql<CountRow>`
    select conversation.mailbox_id as "mailboxId", conversation.place, status.id as "statusId",
      status.kind as status,
      coalesce(conversation.assignee_id = ${actor.memberId}, false) as mine,
      conversation.assignee_id is null as unassigned,
      coalesce(conversation.team_id = any(${[...actor.teamIds]}::uuid[]), false) as "myTeams", sum(conversation.n)::bigint as n
    from (
      select workspace_id, mailbox_id, place, status_id, assignee_id, team_id, n from conversation_count
        where workspace_id = ${actor.workspaceId}
      union all
      select workspace_id, mailbox_id, place, status_id, assignee_id, team_id, n from conversation_count_change
        where workspace_id = ${actor.workspaceId}
    ) as conversation
    join status on status.workspace_id = conversation.workspace_id and status.id = conversation.status_id
    where ${visible(actor)}
    group by 1, 2, 3, 4, 5, 6, 7 having sum(conversation.n) <> 0`.execute(tx);
  return rows;
}

/** How many sums are not what the conversations themselves say, in every column by which they are kept. */
export async function countWrong(tx: Tx, workspaceId: WorkspaceId): Promise<number> {
  const { rows } = await sql<{ wrong: number }>`
    with kept as (
      select mailbox_id, place, status_id, assignee_id, team_id, sum(n)::bigint as n from (
        select mailbox_id, place, status_id, assignee_id, team_id, n from conversation_count
          where workspace_id = ${workspaceId}
        union all
        select mailbox_id, place, status_id, assignee_id, team_id, n from conversation_count_change
          where workspace_id = ${workspaceId}
      ) as both_tables group by 1, 2, 3, 4, 5 having sum(n) <> 0
    ), plain as (
      select mailbox_id, place, status_id, assignee_id, team_id, count(*) as n
        from conversation where workspace_id = ${workspaceId} group by 1, 2, 3, 4, 5
    ), different as (
      (select * from kept except select * from plain) union all (select * from plain except select * from kept)
    )
    select count(distinct (mailbox_id, place, status_id, assignee_id, team_id)) as wrong from different`.execute(
    tx,
  );
  return rows[0]?.wrong ?? 0;
}

/** The asker's unsent words, but for those on conversations that he may no longer see; none in a preview. */
export async function countDrafts(tx: Tx, actor: Actor): Promise<number> {
  if (actor.previewedBy !== null) return 0;
  const { n } = await tx
    .selectFrom('draft')
    .leftJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'draft.workspace_id')
        .onRef('conversation.id', '=', 'draft.conversation_id'),
    )
    .select(sql<number>`count(*)`.as('n'))
    .where('draft.workspace_id', '=', actor.workspaceId)
    .where('draft.author_id', '=', actor.memberId)
    .where('draft.closed_at', 'is', null)
    .where((eb) => eb.or([eb('draft.conversation_id', 'is', null), visible(actor)]))
    .executeTakeFirstOrThrow();
  return n;
}

/** Letters for which a person must act, where he may see what leaves. */
export async function countOutboxAlarms(tx: Tx, actor: Actor): Promise<number> {
  if (mailboxesFor(actor, 'outgoing.see').length === 0) return 0;
  const { n } = await tx
    .selectFrom('outgoing')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'outgoing.workspace_id')
        .onRef('conversation.id', '=', 'outgoing.conversation_id'),
    )
    .select(sql<number>`count(*)`.as('n'))
    .where('outgoing.workspace_id', '=', actor.workspaceId)
    .where('outgoing.state', 'in', ['unknown', 'refused', 'bounced', 'stopped', 'waiting_for_way'])
    .where(visible(actor))
    .executeTakeFirstOrThrow();
  return n;
}

/**
 * House sweep, over all workspaces: moves appended differences into their sums.
 * @returns how many differences were folded
 */
export async function foldChanges(tx: Tx, atOnce: number): Promise<number> {
  const { rows } = await sql<{ folded: number }>`
    with taken as (
      delete from conversation_count_change where (workspace_id, id) in (
        select workspace_id, id from conversation_count_change order by id limit ${atOnce} for update skip locked
      ) returning *
    ), added as (
      insert into conversation_count (workspace_id, mailbox_id, place, status_id, assignee_id, team_id, n)
        select workspace_id, mailbox_id, place, status_id, assignee_id, team_id, sum(n) from taken
        group by workspace_id, mailbox_id, place, status_id, assignee_id, team_id
      on conflict (workspace_id, mailbox_id, place, status_id, assignee_id, team_id)
        do update set n = conversation_count.n + excluded.n
    ) select count(*) as folded from taken`.execute(tx);
  return rows[0]?.folded ?? 0;
}

/** Sums that came back to nothing. */
export async function dropEmptySums(tx: Tx): Promise<void> {
  await sql`delete from conversation_count where n = 0`.execute(tx);
}

/** Lets no writer append a difference until the transaction ends; who has begun is waited for. */
export async function lockCounts(tx: Tx): Promise<void> {
  await sql`lock table conversation_count_change in exclusive mode`.execute(tx);
}

/** Makes the sums anew from the conversations, under lockCounts. */
export async function rebuildCounts(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await tx.deleteFrom('conversation_count_change').where('workspace_id', '=', workspaceId).execute();
  await tx.deleteFrom('conversation_count').where('workspace_id', '=', workspaceId).execute();
  await sql`
    insert into conversation_count (workspace_id, mailbox_id, place, status_id, assignee_id, team_id, n)
    select workspace_id, mailbox_id, place, status_id, assignee_id, team_id, count(*) from conversation
    where workspace_id = ${workspaceId}
    group by workspace_id, mailbox_id, place, status_id, assignee_id, team_id`.execute(tx);
}
