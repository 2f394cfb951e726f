/**
 * What better-auth keeps in one of its cookies of this house: a mark by chance; behind it stand a dot and its
 * signature, which only better-auth reads.
 *
 * @returns null when there is none
 */
export function readCookie(cookies: string, port: number, name: string): string | null {
  const shape = new RegExp(`(?:^|; *)(?:__Secure-)?madoguchi-${port}\\.${name}=([^;]+)`);
  const [mark = ''] = (shape.exec(cookies)?.[1] ?? '').split(/\.|%2E/i);
  return mark === '' ? null : mark;
}
