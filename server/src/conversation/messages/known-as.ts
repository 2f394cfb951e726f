import type { FastifyRequest } from 'fastify';

/** The ETag of bytes: their hash (RFC 9110, 8.8.3). */
export const tagOf = (sha256: Buffer): string => `"${sha256.toString('hex')}"`;

/** Whether the browser says that it has these bytes; a proxy that packs them makes the tag a weak one. */
export function isKnownAs({ headers }: Pick<FastifyRequest, 'headers'>, sha256: Buffer): boolean {
  const known = (headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes(tagOf(sha256));
}
