import type { AppRequest, Config } from '../../platform/index.ts';
import { bodyTypeRefused, originRefused } from '../errors.ts';
import { ourOrigins } from './our-origins.ts';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What a form of a foreign page cannot send, and multipart, which uploads need. */
const BODY_TYPES = /^(application\/json|multipart\/form-data)\s*(;|$)/i;

/**
 * Keeps a foreign page from acting with a member's cookie: a change must come from a page of ours and
 * carry JSON or an upload. Requests without a cookie (Bearer) prove themselves.
 *
 * @throws originRefused, bodyTypeRefused
 */
export function refuseForeign(request: AppRequest, config: Config): void {
  if (SAFE_METHODS.has(request.method) || request.headers.cookie === undefined) return;
  if (!comesFromOurPage(request, config)) throw originRefused({});
  if (hasBody(request) && !BODY_TYPES.test(request.headers['content-type'] ?? '')) throw bodyTypeRefused({});
}

function comesFromOurPage({ headers }: AppRequest, config: Config): boolean {
  // A page cannot set Sec-Fetch-Site; browsers send it to https and loopback only.
  if (headers['sec-fetch-site'] === 'same-origin') return true;
  return headers.origin !== undefined && ourOrigins(config, headers.host).includes(headers.origin);
}

function hasBody({ headers }: AppRequest): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}
