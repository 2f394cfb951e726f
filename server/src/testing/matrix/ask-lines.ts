import type { EventKind } from '@madoguchi/contract';
import { reloadActor } from '../../accounts/index.ts';
import { lineFor } from '../../live/line.ts';
import { isNarrow, narrowTo } from '../../live/narrow.ts';
import { type FeedEvent, newId } from '../../platform/index.ts';
import { actorOfRequest, type Cell, type Matrix } from './ask.ts';
import type { Asker } from './people.ts';
import { assignTo } from './world.ts';

/** Kinds that are about a mailbox and no conversation. */
const OF_MAILBOX: ReadonlySet<EventKind> = new Set([
  'mailbox_saved',
  'mailbox_members_changed',
  'channel_saved',
  'channel_failed',
  'channel_recovered',
]);
/** Kinds that are about the workspace or its people. */
const OF_WORKSPACE: ReadonlySet<EventKind> = new Set([
  'member_added',
  'member_changed',
  'member_left',
  'invitation_wanted',
  'role_saved',
  'team_saved',
  'security_saved',
  'workspace_renamed',
  'statuses_saved',
  'sign_in_unusual',
  'sign_ins_ended',
  'second_factor_changed',
  'token_made',
  'token_ended',
  'preview_started',
  'label_saved',
  'view_saved',
  'preview_ended',
  'exported',
]);

/**
 * Whether the stream of this person tells of an event that a colleague brought about. Who he is comes from a
 * request of his, and his rights from where the streams get them.
 */
export async function askLine(matrix: Matrix, asker: Asker, kind: EventKind): Promise<Cell> {
  const { connection, world } = matrix;
  return connection.undone(async () => {
    if (asker.column.assigned) await connection.db.transaction((tx) => assignTo(tx, world, asker.memberId));
    const came = await actorOfRequest(matrix, asker);
    if (came === null) return 'in';
    return connection.db.transaction(async (tx) => {
      const actor = await reloadActor(tx, came, '127.0.0.1');
      if (actor === null) return 'in';
      const event = eventOf(kind, world);
      const events = isNarrow(actor) ? await narrowTo(tx, actor, [event]) : [event];
      return events.some((one) => lineFor(one, actor) !== null) ? 'yes' : 'no';
    });
  });
}

function eventOf(
  kind: EventKind,
  { company, mailboxId, conversationId, target }: Matrix['world'],
): FeedEvent {
  const isAbout = !OF_WORKSPACE.has(kind);
  return {
    position: 1,
    workspaceId: company.workspaceId,
    id: newId(),
    kind,
    conversationId: isAbout && !OF_MAILBOX.has(kind) ? conversationId : null,
    mailboxId: isAbout ? mailboxId : null,
    revision: null,
    memberId: target,
    facts: isAbout ? {} : { memberId: target },
    causeId: null,
    silent: false,
    createdAt: new Date(),
  };
}
