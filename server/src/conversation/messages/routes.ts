import {
  messageHtmlRoute,
  messageOriginalRoute,
  messagePartRoute,
  messageRemotePictureRoute,
} from '@madoguchi/contract';
import { actorOf } from '../../accounts/index.ts';
import { type App, type Edge, route } from '../../platform/index.ts';
import { fetchPicture } from './fetch-picture.ts';
import { isKnownAs, tagOf } from './known-as.ts';
import { findPart, findRemotePicture, openOriginal, showMessageHtml } from './open-message.ts';
import { dispositionOf, downloadHeaders, isPicture } from './served-type.ts';
import { htmlPolicy } from './show-html.ts';

/** In this browser only, and asked for each time: what is behind the address stays, the right to see it may not. */
const ASK_FIRST = 'private, no-cache';

/** What a letter holds, each under headers that let nothing of it run. */
export function messageRoutes(app: App, { db, files, config }: Edge): void {
  route(app, messageHtmlRoute, async ({ params, query, request, reply }) => {
    const page = await db.transaction((tx) =>
      showMessageHtml(tx, actorOf(request), { ...params, showRemote: query.images === '1' }),
    );
    return reply
      .headers({ 'content-security-policy': htmlPolicy, 'cache-control': 'private, no-cache' })
      .type('text/html; charset=utf-8')
      .send(page);
  });

  route(app, messagePartRoute, async ({ params, query, request, reply }) => {
    const actor = actorOf(request);
    const wantsInline = query.inline === '1';
    const part = await db.transaction((tx) => findPart(tx, actor, { ...params, inline: wantsInline }));
    const inline = wantsInline && isPicture(part.type);
    reply
      .headers({ ...downloadHeaders, 'cache-control': ASK_FIRST, etag: tagOf(part.sha256) })
      .header('content-disposition', dispositionOf(inline ? 'inline' : 'attachment', part.name));
    if (isKnownAs(request, part.sha256)) return reply.code(304).send();
    return reply
      .header('content-length', part.size)
      .type(inline ? part.type : 'application/octet-stream')
      .send(files.open(actor.workspaceId, part.sha256));
  });

  route(app, messageRemotePictureRoute, async ({ params, request, reply }) => {
    const address = await db.transaction((tx) => findRemotePicture(tx, actorOf(request), params));
    const picture = await fetchPicture(address, config);
    return reply
      .headers({ ...downloadHeaders, 'cache-control': 'no-store', 'content-disposition': 'inline' })
      .type(picture.type)
      .send(picture.bytes);
  });

  route(app, messageOriginalRoute, async ({ params, request, reply }) => {
    const actor = actorOf(request);
    const original = await db.transaction((tx) => openOriginal(tx, actor, params.messageId));
    reply
      .headers({ ...downloadHeaders, 'cache-control': ASK_FIRST, etag: tagOf(original.sha256) })
      .header('content-disposition', dispositionOf('attachment', `${params.messageId}.eml`));
    if (isKnownAs(request, original.sha256)) return reply.code(304).send();
    return reply
      .header('content-length', original.size)
      .type('application/octet-stream')
      .send(original.bytes ?? files.open(actor.workspaceId, original.sha256));
  });
}
