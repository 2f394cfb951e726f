import type { MessageId } from '@madoguchi/contract';
import type { Mask } from '../accounts/index.ts';
import { defineReader, type FeedEvent, type Json } from '../platform/index.ts';
import { foldText } from './fold-text.ts';
import { dropDocuments, listSaid, type Said, writeDocuments } from './store.ts';

/**
 * Makes a document of each message that the feed tells of, and takes it away when its letter was undone; the
 * same event twice writes the same.
 */
export const indexMessages = defineReader({
  name: 'search.index_messages',
  kinds: ['message_received', 'message_sent', 'note_added', 'send_undone'],
  async run(tx, _needs, events) {
    for (const [workspaceId, told] of Map.groupBy(events, (event) => event.workspaceId)) {
      const said = await listSaid(tx, workspaceId, told.flatMap(messageOf));
      await writeDocuments(tx, workspaceId, said.map(documentOf));
      const undone = told.filter(({ kind }) => kind === 'send_undone');
      await dropDocuments(tx, workspaceId, undone.flatMap(messageOf));
    }
  },
});

export const searchReaders = [indexMessages];

/** The event's facts are conversation's own: they name the message that it is about. */
const messageOf = ({ facts }: FeedEvent): MessageId[] =>
  typeof facts.messageId === 'string' ? [facts.messageId as MessageId] : [];

function documentOf(said: Said) {
  const { messageId, conversationId, receivedAt } = said;
  return { messageId, conversationId, receivedAt, words: foldText(textsOf(said).join('\n')) };
}

/**
 * Everything of a message that can be found, in the order in which a match is shown.
 * @param mask hides addresses in it; null shows them
 */
export function textsOf(
  {
    text,
    subject,
    fromName,
    fromAddress,
    recipients,
    fileNames,
  }: Omit<Said, 'messageId' | 'conversationId' | 'receivedAt'>,
  mask: Mask | null = null,
): string[] {
  const people = [`${fromName} ${fromAddress}`, ...namesIn(recipients)];
  const [said, others] = [
    [text, subject],
    [people.join(', '), fileNames.join(', ')],
  ];
  if (mask === null) return [...said, ...others];
  return [...said.map((one) => mask.text(one)), ...others.map((one) => mask.line(one))];
}

/** Recipients are lists of {name, address}; their texts, whatever the list is called. */
function namesIn(recipients: Json): string[] {
  if (typeof recipients === 'string') return [recipients];
  if (Array.isArray(recipients)) return recipients.flatMap((one) => namesIn(one).join(' '));
  if (recipients === null || typeof recipients !== 'object') return [];
  return Object.values(recipients).flatMap(namesIn);
}
