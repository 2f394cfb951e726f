import { endPreviewRoute, startPreviewRoute } from '@madoguchi/contract';
import { type App, type Edge, route } from '../../platform/index.ts';
import { notByToken } from '../errors.ts';
import { actorOf } from '../sign-in/actor-of.ts';
import { noPreviewCookie, previewCookie } from './preview-cookie.ts';
import { startPreview } from './start-preview.ts';

export function previewRoutes(app: App, edge: Edge): void {
  route(app, startPreviewRoute, async ({ request, body, reply }) => {
    const actor = actorOf(request);
    const { sessionOrTokenId } = actor;
    if (sessionOrTokenId === null) throw notByToken({});
    await edge.db.transaction((tx) => startPreview(tx, actor, body));
    reply.header('set-cookie', previewCookie(edge, { sessionOrTokenId, memberId: body.memberId }));
    return {};
  });
  route(app, endPreviewRoute, async ({ reply }) => {
    reply.header('set-cookie', noPreviewCookie(edge.config));
    return {};
  });
}
