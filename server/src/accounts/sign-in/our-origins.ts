import type { Config } from '../../platform/index.ts';

/**
 * The addresses under which a browser may have our page open: the public one, loopback by both its names,
 * and the one that the request itself came to (a machine of the office network, opened by its number).
 * A foreign page cannot send a Host that equals its own Origin together with our cookies: they belong to
 * the host.
 */
export function ourOrigins(config: Config, host: string | undefined): string[] {
  return [
    new URL(config.url).origin,
    `http://127.0.0.1:${config.port}`,
    `http://localhost:${config.port}`,
    ...(host === undefined ? [] : [`http://${host}`]),
  ];
}
