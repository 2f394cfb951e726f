import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { App } from './app.ts';

const NONCE_BYTES = 16;
const NONCE_PLACE = /__CSP_NONCE__/g;

/** Nothing but our own files; scripts and styles only with this answer's nonce (house.md, "Ground"). */
const policy = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Serves the built page: every address that is no file and no API shows the same page with a fresh nonce. */
export async function serveWebPage(app: App, dist: string): Promise<void> {
  if (!existsSync(join(dist, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root: join(dist, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    logLevel: 'silent',
  });
  for (const name of ['icon.svg', 'manifest.webmanifest']) {
    app.get(`/${name}`, { schema: { hide: true }, config: { open: true } }, (_request, reply) =>
      reply.sendFile(name, dist),
    );
  }
  app.get('/*', { schema: { hide: true }, config: { open: true } }, async (request, reply) => {
    if (request.url.startsWith('/api/')) return reply.callNotFound();
    // Read each time: a page built while we run names other files.
    const page = await readFile(join(dist, 'index.html'), 'utf8');
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    return reply
      .header('content-security-policy', policy(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page.replace(NONCE_PLACE, nonce));
  });
}
