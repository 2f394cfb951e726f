import type { EventKind } from '@madoguchi/contract';
import { loadActor } from '../../accounts/index.ts';
import { lineFor } from '../../live/line.ts';
import { isNarrow, narrowTo } from '../../live/narrow.ts';
import { type FeedEvent, newId } from '../../platform/index.ts';
import type { Cell, Matrix } from './ask.ts';
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
  'preview_started',
]);

/** Whether the stream of this person tells of an event that a colleague brought about. */
export async function askLine({ connection, world }: Matrix, asker: Asker, kind: EventKind): Promise<Cell> {
  const { key, way } = asker.column;
  if (way === 'nothing' || asker.column.left || key === 'factor') return 'in';
  return connection.undone(() =>
    connection.db.transaction(async (tx) => {
      if (asker.column.assigned) await assignTo(tx, world, asker.memberId);
      const actor = await loadActor(tx, asker.workspaceId, asker.memberId);
      if (actor === null) return 'in';
      const event = eventOf(kind, world);
      const events = isNarrow(actor) ? await narrowTo(tx, actor, [event]) : [event];
      return events.some((one) => lineFor(one, actor) !== null) ? 'yes' : 'no';
    }),
  );
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
