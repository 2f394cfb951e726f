import type {
  ConversationId,
  MailboxId,
  MemberId,
  MessageId,
  Place,
  StatusId,
  TeamId,
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

export const filterUnfit = defineError<{ part: 'ids' | 'assignee' | 'cursor' }>(
  'conversation.filter_unfit',
  'invalid',
  'The filter names something that cannot be: an id or a cursor that this server never gave.',
);
