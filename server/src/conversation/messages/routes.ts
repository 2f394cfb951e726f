import {
  messageHtmlRoute,
  messageOriginalRoute,
  messagePartRoute,
  messageRemotePictureRoute,
} from '@madoguchi/contract';
import { actorOf } from '../../accounts/index.ts';
import { type App, type Edge, route } from '../../platform/index.ts';
import { fetchPicture } from './fetch-picture.ts';
import { findPart, findRemotePicture, openOriginal, showMessageHtml } from './open-message.ts';
import { dispositionOf, downloadHeaders, isPicture } from './served-type.ts';
import { htmlPolicy } from './show-html.ts';

/** A day, and in this browser only: what is behind the address never changes, but the right to see it may. */
const KEEP = 'private, max-age=86400';

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
    return reply
      .headers({ ...downloadHeaders, 'cache-control': KEEP, 'content-length': part.size })
      .header('content-disposition', dispositionOf(inline ? 'inline' : 'attachment', part.name))
      .type(inline ? part.type : 'application/octet-stream')
      .send(files.open(actor.workspaceId, part.sha256));
  });

  route(app, messageRemotePictureRoute, async ({ params, request, reply }) => {
    const address = await db.transaction((tx) => findRemotePicture(tx, actorOf(request), params));
    const picture = await fetchPicture(address, config);
    return reply
      .headers({ ...downloadHeaders, 'cache-control': KEEP, 'content-disposition': 'inline' })
      .type(picture.type)
      .send(picture.bytes);
  });

  route(app, messageOriginalRoute, async ({ params, request, reply }) => {
    const actor = actorOf(request);
    const original = await db.transaction((tx) => openOriginal(tx, actor, params.messageId));
    return reply
      .headers({ ...downloadHeaders, 'cache-control': KEEP, 'content-length': original.size })
      .header('content-disposition', dispositionOf('attachment', `${params.messageId}.eml`))
      .type('application/octet-stream')
      .send(original.bytes ?? files.open(actor.workspaceId, original.sha256));
  });
}
