import type { MessageId } from '@madoguchi/contract';
import type { Actor } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';
import { messageNotFound, partNotFound } from '../errors.ts';
import { pageOf, placePictures } from './show-html.ts';
import { findHtml, findMessage, listParts, type PartRow } from './store.ts';

/**
 * The letter's HTML as a page of its own, its pictures placed.
 * @throws messageNotFound when the actor may not see it, or it has no HTML
 */
export async function showMessageHtml(
  tx: Tx,
  actor: Actor,
  { messageId, showRemote }: { messageId: MessageId; showRemote: boolean },
): Promise<string> {
  const found = await findHtml(tx, actor, messageId);
  if (found === null) throw messageNotFound({ messageId });
  const parts = await listParts(tx, actor.workspaceId, [messageId]);
  const byContentId = parts.flatMap(({ contentId, part }) =>
    contentId === null ? [] : [[contentId, part] as const],
  );
  return pageOf(
    placePictures(found.html, {
      messageId,
      parts: new Map(byContentId),
      remote: found.remoteImages,
      showRemote,
    }),
  );
}

/** @throws partNotFound when the actor may not see the message, or it has no such part */
export async function findPart(
  tx: Tx,
  actor: Actor,
  { messageId, part }: { messageId: MessageId; part: string },
): Promise<PartRow> {
  const message = await findMessage(tx, actor, messageId);
  const parts = message === null ? [] : await listParts(tx, actor.workspaceId, [messageId]);
  const found = parts.find((one) => one.part === part);
  if (found === undefined) throw partNotFound({ messageId, part });
  return found;
}

/** The address of the n-th remote picture: only what the letter itself names is ever fetched. */
export async function findRemotePicture(
  tx: Tx,
  actor: Actor,
  { messageId, number }: { messageId: MessageId; number: number },
): Promise<string> {
  const message = await findMessage(tx, actor, messageId);
  const address = message?.remoteImages[number];
  if (address === undefined) throw partNotFound({ messageId, part: String(number) });
  return address;
}
