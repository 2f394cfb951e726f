import type { AppReply, Config } from '../../platform/index.ts';
import type { Actor } from '../actor.ts';
import { previewOnly } from '../errors.ts';
import { noPreviewCookie } from './preview-cookie.ts';

/**
 * Refuses who looks at the page as somebody else. Where that is over and his page does not know it, what he
 * believes to do as the other is refused once, and the cookie goes; what he reads he reads as himself.
 *
 * @throws previewOnly
 */
export function requireOneself(
  { config }: { config: Config },
  { actor, previewIsOver }: { actor: Actor; previewIsOver: boolean },
  reply: AppReply,
): void {
  if (actor.previewedBy !== null) throw previewOnly({});
  if (!previewIsOver || reply.request.method === 'GET') return;
  reply.header('set-cookie', noPreviewCookie(config));
  throw previewOnly({});
}
