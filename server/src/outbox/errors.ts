import type { DeliveryState, OutgoingId } from '@madoguchi/contract';
import { defineError } from '../platform/index.ts';

export const outgoingNotFound = defineError<{ outgoingId: OutgoingId }>(
  'outbox.not_found',
  'not_found',
  'This letter does not exist, or you may not decide about it.',
);

export const alreadySettled = defineError<{ state: DeliveryState }>(
  'outbox.already_settled',
  'conflict',
  'This letter has moved on since you looked. Look again before you decide.',
);

export const recipientNotKnown = defineError(
  'outbox.recipient_not_known',
  'conflict',
  'The report names none of the recipients, so nobody can tell who has this letter. Write to whom it is missing.',
);

export const decisionNotPossible = defineError<{ state: DeliveryState; decision: string }>(
  'outbox.decision_not_possible',
  'conflict',
  'This cannot be decided for a letter in this state.',
);

export const tooLate = defineError<{ state: DeliveryState }>(
  'outbox.too_late',
  'conflict',
  'It is too late: this letter no longer waits to leave.',
);

export const newSince = defineError(
  'outbox.new_since',
  'conflict',
  'Not sent: something new was said since you looked.',
);

export const leaveAtUnfit = defineError(
  'outbox.leave_at_unfit',
  'invalid',
  'A letter can be sent later at a moment that is still ahead, a year at most.',
);

export const cursorUnfit = defineError(
  'outbox.cursor_unfit',
  'invalid',
  'This cursor is none that the list of outgoing letters gave. Leave it out to begin with the newest.',
);
