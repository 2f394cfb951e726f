import type { MessageId } from '@madoguchi/contract';
import { type Actor, requirePermission, seesAddresses } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';
import { messageNotFound, partNotFound, partWithheld } from '../errors.ts';
import { isPicture } from './served-type.ts';
import { pageOf, placePictures } from './show-html.ts';
import { findHtml, findMessage, findOriginal, listParts, type Original, type PartRow } from './store.ts';
import { isWithheld } from './withheld.ts';

/**
 * The letter's HTML as a page of its own, its pictures placed.
 * @throws messageNotFound when the actor may not see it, or it has no HTML
 * @throws notAllowed where he may not load pictures from elsewhere and asks for them
 */
export async function showMessageHtml(
  tx: Tx,
  actor: Actor,
  { messageId, showRemote }: { messageId: MessageId; showRemote: boolean },
): Promise<string> {
  if (showRemote) requirePermission(actor, 'message.load_pictures');
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

interface PartWish {
  messageId: MessageId;
  part: string;
  /** In its place in the letter, and not to be saved. */
  inline: boolean;
}

/**
 * @throws partNotFound when the actor may not see the message or have the part, or there is none
 * @throws partWithheld where addresses are hidden from him and could stand in it
 */
export async function findPart(
  tx: Tx,
  actor: Actor,
  { messageId, part, inline }: PartWish,
): Promise<PartRow> {
  const message = await findMessage(tx, actor, messageId);
  const parts =
    message === null || message.unsaid === 'undone'
      ? []
      : await listParts(tx, actor.workspaceId, [messageId]);
  const found = parts.find((one) => one.part === part);
  if (found === undefined) throw partNotFound({ messageId, part });
  // The pictures that a letter shows belong to seeing it; everything else is a download.
  if (inline && found.contentId !== null && isPicture(found.type)) return found;
  if (!actor.permissions.has('file.download')) throw partNotFound({ messageId, part });
  if (isWithheld(actor, found)) throw partWithheld({});
  return found;
}

/**
 * The bytes as they came: everything stands in them, so they are refused to whom addresses are hidden from.
 * @throws messageNotFound when the actor may not see it, or it has none; notAllowed
 */
export async function openOriginal(tx: Tx, actor: Actor, messageId: MessageId): Promise<Original> {
  requirePermission(actor, 'message.see_original');
  const original = seesAddresses(actor) ? await findOriginal(tx, actor, messageId) : null;
  if (original === null) throw messageNotFound({ messageId });
  return original;
}

/** The address of the n-th remote picture: only what the letter itself names is ever fetched. */
export async function findRemotePicture(
  tx: Tx,
  actor: Actor,
  { messageId, number }: { messageId: MessageId; number: number },
): Promise<string> {
  requirePermission(actor, 'message.load_pictures');
  const message = await findMessage(tx, actor, messageId);
  const address = message?.remoteImages[number];
  if (address === undefined) throw partNotFound({ messageId, part: String(number) });
  return address;
}
