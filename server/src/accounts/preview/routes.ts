import { endPreviewRoute, startPreviewRoute } from '@madoguchi/contract';
import { type App, type Edge, route } from '../../platform/index.ts';
import { notByToken } from '../errors.ts';
import { actorOf } from '../sign-in/actor-of.ts';
import { isByToken } from '../sign-in/sign-in-id.ts';
import { endPreview } from './end-preview.ts';
import { noPreviewCookie, previewCookie, previewEnd } from './preview-cookie.ts';
import { startPreview } from './start-preview.ts';

export function previewRoutes(app: App, edge: Edge): void {
  route(app, startPreviewRoute, async ({ request, body, reply }) => {
    const actor = actorOf(request);
    const { sessionOrTokenId } = actor;
    if (sessionOrTokenId === null) throw notByToken({});
    const until = previewEnd();
    await edge.db.transaction((tx) => startPreview(tx, actor, { ...body, until: new Date(until) }));
    reply.header('set-cookie', previewCookie(edge, { sessionOrTokenId, until, ...body }));
    return {};
  });
  route(app, endPreviewRoute, async ({ request, reply }) => {
    const actor = actorOf(request);
    const ended = await edge.db.transaction((tx) => endPreview(tx, actor));
    // A program has no cookies of ours to lose.
    if (!isByToken(actor)) reply.header('set-cookie', noPreviewCookie(edge.config));
    return { ended };
  });
}
