import type { MemberId } from '@madoguchi/contract';
import type { Config, Secrets } from '../../platform/index.ts';

const HOUR_S = 60 * 60;
/** The cookie outlives its hour, so that it can say that it is over. */
const KEPT_S = 24 * HOUR_S;
const KIND = 'preview';

/** Whom a session looks at the page as. */
export interface PreviewMark {
  /** `session:<id>`: the cookie is worth nothing beside another session. */
  sessionOrTokenId: string;
  memberId: MemberId;
  /** Milliseconds since 1970. */
  until: number;
  /** Its hour is over: he looks as nobody else any more. */
  isOver: boolean;
}

/** Cookies know no port: two houses on one machine keep theirs apart. */
const nameOf = ({ port }: Config) => `madoguchi-${port}.preview`;

const attributes = (config: Config) =>
  `Path=/; HttpOnly; SameSite=Strict${config.url.startsWith('https:') ? '; Secure' : ''}`;

/** When a preview that begins now ends by itself: in an hour. */
export const previewEnd = (now = Date.now()): number => now + HOUR_S * 1000;

/** The cookie that begins a preview; sealed, so that a browser can neither read nor make one. */
export function previewCookie(
  { config, secrets }: { config: Config; secrets: Secrets },
  mark: Omit<PreviewMark, 'isOver'>,
): string {
  const sealed = secrets.seal(JSON.stringify([KIND, mark.sessionOrTokenId, mark.memberId, mark.until]));
  const value = Buffer.from(sealed, 'base64').toString('base64url');
  return `${nameOf(config)}=${value}; Max-Age=${KEPT_S}; ${attributes(config)}`;
}

/** The cookie that ends it. */
export function noPreviewCookie(config: Config): string {
  return `${nameOf(config)}=; Max-Age=0; ${attributes(config)}`;
}

/** What a request's cookies say; null when there is none of ours, or it was altered. */
export function readPreview(
  { config, secrets }: { config: Config; secrets: Secrets },
  cookies: string,
  now = Date.now(),
): PreviewMark | null {
  const name = `${nameOf(config)}=`;
  const value = cookies
    .split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(name))
    ?.slice(name.length);
  return value ? openMark(secrets, value, now) : null;
}

function openMark(secrets: Secrets, value: string, now: number): PreviewMark | null {
  try {
    const plain: unknown = JSON.parse(secrets.open(Buffer.from(value, 'base64url').toString('base64')));
    // Whatever else the house seals with this key is no mark.
    if (!Array.isArray(plain) || plain[0] !== KIND) return null;
    const [, sessionOrTokenId, memberId, until] = plain as [string, string, MemberId, number];
    return { sessionOrTokenId, memberId, until, isOver: until <= now };
  } catch {
    return null;
  }
}
