import type { House } from './start-house.ts';

/** One call of the API that has to succeed; its body. @throws Error with the server's answer otherwise */
export async function must(house: Pick<House, 'ask'>, method: string, path: string, body?: object) {
  const answer = await house.ask(method, path, body);
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}
