import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LiveLine, PresenceLine } from '@madoguchi/contract';
import type { TestHouse } from './open-house.ts';

/** The stream of an open page, as far as it has come. */
export interface OpenPage {
  response: IncomingMessage;
  text(): string;
  lines(): LiveLine[];
  /** Who was said to look at what, in order. */
  presence(): PresenceLine[];
  /** Undefined until the stream has begun. */
  lastId(): string | undefined;
  isClosed(): boolean;
}

export interface Pages {
  /** Opens a stream with these headers; it may take a moment to begin. */
  look(headers: Record<string, string>): Promise<OpenPage>;
  close(): void;
}

/** Lets a test house listen on loopback, for streams that `inject` cannot read while they are open. */
export async function openPages({ app }: Pick<TestHouse, 'app'>): Promise<Pages> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  // An address of a TCP server is never a path.
  const { port } = app.server.address() as AddressInfo;
  const open: IncomingMessage[] = [];
  return {
    async look(headers) {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        get(`http://127.0.0.1:${port}/api/v1/stream`, { headers, agent: false }, resolve).on('error', reject);
      });
      open.push(response);
      return readPage(response);
    },
    close() {
      for (const one of open) one.destroy();
    },
  };
}

function readPage(response: IncomingMessage): OpenPage {
  let text = '';
  let closed = false;
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
  });
  response.on('close', () => {
    closed = true;
  });
  response.on('error', () => {});
  return {
    response,
    text: () => text,
    lines: () => [...text.matchAll(/event: change\ndata: (.*)\n/g)].map((one) => JSON.parse(one[1] ?? '')),
    presence: () =>
      [...text.matchAll(/event: presence\ndata: (.*)\n/g)].map((one) => JSON.parse(one[1] ?? '')),
    lastId: () => [...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1],
    isClosed: () => closed,
  };
}
