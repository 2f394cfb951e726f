import type { House } from './start-house.ts';

/** Every item of a list of the API, over all its pages. */
// biome-ignore lint/suspicious/noExplicitAny: a program reads whatever the server answered.
export async function allPages(house: Pick<House, 'ask'>, path: string): Promise<any[]> {
  const items = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const sign = path.includes('?') ? '&' : '?';
    const more: string = cursor === '' ? '' : `${sign}cursor=${encodeURIComponent(cursor)}`;
    const { status, body } = await house.ask('GET', `${path}${more}`);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    items.push(...body.items);
    cursor = body.next;
  }
  return items;
}
