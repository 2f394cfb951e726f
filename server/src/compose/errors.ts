import type { Draft, DraftId, MemberId, MessageId, UploadId } from '@madoguchi/contract';
import { defineError } from '../platform/index.ts';
import type { EndedHold } from './hold/hold.ts';

export const heldByOther = defineError<{ memberId: MemberId; memberName: string; since: string }>(
  'compose.held_by_other',
  'conflict',
  'Someone else is answering this conversation now.',
);

export const heldElsewhereByYou = defineError<{ since: string }>(
  'compose.held_elsewhere_by_you',
  'conflict',
  'You are answering this conversation in another window.',
);

export const holdNeeded = defineError<{
  memberId: MemberId | null;
  memberName: string | null;
  since: string | null;
  /** How one's own hold ended; null while one has it in another window, or never had one. */
  ended: EndedHold | null;
}>(
  'compose.hold_needed',
  'conflict',
  'You do not hold the right to answer this conversation. Your words are kept as a draft.',
);

export const takeOverAsked = defineError<{ memberId: MemberId; memberName: string; expiresAt: string }>(
  'compose.take_over_asked',
  'conflict',
  'Someone else has already asked to take over here.',
);

export const takeOverGone = defineError(
  'compose.take_over_gone',
  'conflict',
  'Nobody asks to take over any more.',
);

/** One message that came while somebody wrote. `text` is its beginning; `from` is null for one of ours. */
export interface News {
  messageId: MessageId;
  kind: string;
  memberId: MemberId | null;
  from: { name: string; address: string } | null;
  receivedAt: string;
  text: string;
}

export const changedSince = defineError<{ news: News[]; answerRevision: number }>(
  'compose.changed_since',
  'conflict',
  'Not sent: something new was said since you looked. Your words are kept as a draft.',
);

/** `draft` is the stored one; left out for a send, whose writer fetches it. */
export const draftChanged = defineError<{ draft?: Draft }>(
  'compose.draft_changed',
  'conflict',
  'This draft was changed in another window since you opened it.',
);

export const draftNotFound = defineError<{ draftId?: DraftId }>(
  'compose.draft_not_found',
  'not_found',
  'This draft does not exist, or it has been sent or thrown away.',
);

export const messageNotHere = defineError<{ messageId: MessageId }>(
  'compose.message_not_here',
  'invalid',
  'The message to answer is no letter of this conversation.',
);

export const nothingToAnswer = defineError(
  'compose.nothing_to_answer',
  'invalid',
  'This conversation has no letter that could be answered or passed on.',
);

export const uploadNotFound = defineError<{ uploadIds: UploadId[] }>(
  'compose.upload_not_found',
  'invalid',
  'A file that was laid beside this draft does not exist, or is not yours.',
);

export const uploadMissing = defineError(
  'compose.upload_missing',
  'invalid',
  'Send one file in the field "file" of a form (multipart/form-data).',
);

export const uploadTooLarge = defineError<{ name: string; limitBytes: number }>(
  'compose.upload_too_large',
  'too_large',
  'This file is larger than 25 MB. Send a link to it, or a smaller one.',
);

export const filesTooLarge = defineError<{
  totalBytes: number;
  limitBytes: number;
  files: { name: string; size: number }[];
}>(
  'compose.files_too_large',
  'too_large',
  'The files of this letter are together larger than 35 MB. Take some out, or send links.',
);

export const recipientNeeded = defineError(
  'compose.recipient_needed',
  'invalid',
  'The letter has no recipient yet.',
);

export const addressUnusable = defineError<{ addresses: string[] }>(
  'compose.address_unusable',
  'invalid',
  'A recipient is no mail address that can be written to.',
);

/** The one refusal of a right that is said aloud: his words are kept, and a colleague may send them. */
export const mayNotSend = defineError(
  'compose.may_not_send',
  'conflict',
  'Not sent: your role writes answers and a colleague sends them. Your words are kept as a draft.',
);

export const maskedUnknown = defineError<{ addresses: string[] }>(
  'compose.masked_unknown',
  'invalid',
  'A recipient is hidden and stands for nobody of this conversation. Take it from the letter again, or write the whole address.',
);

export const mailboxNotHere = defineError(
  'compose.mailbox_not_found',
  'not_found',
  'This shared mailbox does not exist, or you may not answer from it.',
);
