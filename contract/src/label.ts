import { type Static, Type } from 'typebox';
import { Conversation } from './conversation.ts';
import { ConversationId, LabelId } from './ids.ts';
import { MailboxTint } from './status.ts';
import { defineRoute, listOf } from './wire.ts';

/** At most so many labels stand on one conversation. */
export const LABEL_LIMIT = 50;

export const LabelFacts = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 50 }),
  tint: MailboxTint,
});
export type LabelFacts = Static<typeof LabelFacts>;

/** A coloured word on conversations. */
export const Label = Type.Object({ id: LabelId, ...LabelFacts.properties });
export type Label = Static<typeof Label>;

const LabelParams = Type.Object({ labelId: LabelId });
const OnConversation = Type.Object({ conversationId: ConversationId, labelId: LabelId });

export const listLabelsRoute = defineRoute({
  method: 'GET',
  path: '/labels',
  summary: 'Labels of the workspace by name',
  answer: listOf(Label),
});
export const addLabelRoute = defineRoute({
  method: 'POST',
  path: '/labels',
  summary: 'Add a label',
  needs: 'label.manage',
  body: LabelFacts,
  answer: Label,
});
export const saveLabelRoute = defineRoute({
  method: 'PUT',
  path: '/labels/:labelId',
  summary: 'Another name or colour for a label, wherever it stands',
  needs: 'label.manage',
  params: LabelParams,
  body: LabelFacts,
  answer: Label,
});
export const countLabelRoute = defineRoute({
  method: 'GET',
  path: '/labels/:labelId/uses',
  summary: 'On how many conversations of the workspace a label stands',
  needs: 'label.manage',
  params: LabelParams,
  answer: Type.Object({ count: Type.Integer() }),
});
export const deleteLabelRoute = defineRoute({
  method: 'DELETE',
  path: '/labels/:labelId',
  summary: 'Delete a label and take it off every conversation; the conversations stay',
  needs: 'label.manage',
  params: LabelParams,
});
export const putLabelOnRoute = defineRoute({
  method: 'PUT',
  path: '/conversations/:conversationId/labels/:labelId',
  summary: 'Put a label on a conversation',
  needs: 'conversation.label',
  params: OnConversation,
  answer: Conversation,
});
export const takeLabelOffRoute = defineRoute({
  method: 'DELETE',
  path: '/conversations/:conversationId/labels/:labelId',
  summary: 'Take a label off a conversation',
  needs: 'conversation.label',
  params: OnConversation,
  answer: Conversation,
});
