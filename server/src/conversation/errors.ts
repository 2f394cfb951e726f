import type {
  ConversationId,
  EventId,
  LabelId,
  MailboxId,
  MemberId,
  MessageId,
  Place,
  StatusId,
  StatusKind,
  TeamId,
  ViewId,
  WaitingReasonId,
} from '@madoguchi/contract';
import { defineError } from '../platform/index.ts';

export const conversationNotFound = defineError<{ conversationId?: ConversationId }>(
  'conversation.not_found',
  'not_found',
  'This conversation does not exist, or you may not see it.',
);

export const messageNotFound = defineError<{ messageId: MessageId }>(
  'conversation.message_not_found',
  'not_found',
  'This message does not exist, or you may not see it.',
);

/** The one refusal of a file that is said aloud: he sees that it is there. */
export const partWithheld = defineError(
  'conversation.part_withheld',
  'not_found',
  'Addresses and telephone numbers are hidden from you, and this file would tell them. A colleague who sees them can open it.',
);

export const partNotFound = defineError<{ messageId: MessageId; part: string }>(
  'conversation.part_not_found',
  'not_found',
  'This message has no such file.',
);

export const pictureNotFetched = defineError<{ reason: string }>(
  'conversation.picture_not_fetched',
  'not_found',
  'This picture could not be fetched from its server.',
);

export const assignmentChanged = defineError<{ nowAssignedTo: MemberId | null }>(
  'conversation.assignment_changed',
  'conflict',
  'Someone else has taken this conversation since you opened it.',
);

export const teamChanged = defineError<{ nowWithTeam: TeamId | null }>(
  'conversation.team_changed',
  'conflict',
  'Someone else has given this conversation to a team since you opened it.',
);

export const teamUnfit = defineError<{ teamId: TeamId }>(
  'conversation.team_unfit',
  'invalid',
  'This team does not work in this shared mailbox.',
);

export const statusChanged = defineError<{ nowStatusId: StatusId }>(
  'conversation.status_changed',
  'conflict',
  'Someone has changed the status since you opened this conversation.',
);

export const placeChanged = defineError<{ nowPlace: Place }>(
  'conversation.place_changed',
  'conflict',
  'Someone has moved this conversation to another place since you opened it.',
);

export const mailboxChanged = defineError<{ nowMailboxId: MailboxId }>(
  'conversation.mailbox_changed',
  'conflict',
  'Someone has moved this conversation to another mailbox since you opened it.',
);

export const statusNotFound = defineError<{ statusId: StatusId }>(
  'conversation.status_not_found',
  'invalid',
  'This status does not exist.',
);

export const statusNameTaken = defineError<{ name: string }>(
  'conversation.status_name_taken',
  'invalid',
  'Another status has this name, or a reason has none.',
);

export const statusKindEmpty = defineError<{ kind: StatusKind }>(
  'conversation.status_kind_empty',
  'invalid',
  'At least one status of each kind stays switched on.',
);

export const tooManyStatuses = defineError<{ kind: StatusKind; most: number }>(
  'conversation.too_many_statuses',
  'invalid',
  'There are too many statuses of this kind; switch one off first.',
);

export const tooManyReasons = defineError<{ most: number }>(
  'conversation.too_many_reasons',
  'invalid',
  'There are too many reasons to wait; switch one off first.',
);

export const reasonNotFound = defineError<{ reasonId: WaitingReasonId }>(
  'conversation.reason_not_found',
  'invalid',
  'This reason to wait does not exist, or is not yours to change.',
);

export const standingUnfit = defineError<{ part: 'reason' | 'date' }>(
  'conversation.standing_unfit',
  'invalid',
  'A reason and a date belong to a status that waits; the date lies ahead, three years at most.',
);

export const mailboxNotReachable = defineError<{ mailboxId: MailboxId }>(
  'conversation.mailbox_not_reachable',
  'invalid',
  'This shared mailbox does not exist, is switched off, or you do not work in it.',
);

export const assigneeUnfit = defineError<{ assigneeId: MemberId }>(
  'conversation.assignee_unfit',
  'invalid',
  'This person does not work in this shared mailbox.',
);

export const filterUnfit = defineError<{ part: 'ids' | 'assignee' | 'cursor' | 'labels' }>(
  'conversation.filter_unfit',
  'invalid',
  'The filter names something that cannot be: an id or a cursor that this server never gave.',
);

export const labelNotFound = defineError<{ labelId: LabelId }>(
  'conversation.label_not_found',
  'not_found',
  'This label does not exist.',
);

export const labelNameTaken = defineError<{ name: string }>(
  'conversation.label_name_taken',
  'conflict',
  'There is a label of this name already, or the name is empty.',
);

export const tooManyLabels = defineError<{ most: number }>(
  'conversation.too_many_labels',
  'conflict',
  'So many labels stand on this conversation that no more can be added.',
);

export const bulkCountChanged = defineError<{ nowCount: number }>(
  'conversation.bulk_count_changed',
  'conflict',
  'The filter finds another number of conversations than when the decision was made.',
);

export const bulkTooMany = defineError<{ most: number }>(
  'conversation.bulk_too_many',
  'invalid',
  'The filter finds more conversations than one act may change.',
);

export const bulkNotFound = defineError<{ bulkId: EventId }>(
  'conversation.bulk_not_found',
  'not_found',
  'This act does not exist, or it was somebody else’s.',
);

export const viewNotFound = defineError<{ viewId: ViewId }>(
  'conversation.view_not_found',
  'not_found',
  'This saved list does not exist, or you may not see it.',
);

export const viewUnfit = defineError<{ part: 'name' | 'team' | 'shared' }>(
  'conversation.view_unfit',
  'invalid',
  'This saved list lacks a name, or it is shared with a team that does not exist or with nobody.',
);
