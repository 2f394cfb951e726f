import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createLineServer, type Socket } from 'node:net';

/** A private machine that nobody from outside may be led to: it notes every line that is opened to it. */
export interface Trap {
  port: number;
  /** How many lines were opened to it so far. */
  lines(): number;
  close(): Promise<void>;
}

/** Listens on every address of this machine, IPv4 and IPv6, so that it matters how an address is written. */
export async function openTrap(): Promise<Trap> {
  let lines = 0;
  const sockets = new Set<Socket>();
  const server = createLineServer((socket) => {
    lines += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.end('* OK the inner machine\r\n');
  }).listen(0, '::');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port, // A listening TCP server has one.
    lines: () => lines,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

export interface PictureHost {
  port: number;
  close(): Promise<void>;
}

/** A host of pictures that the settings allow; /to?ADDRESS sends whoever asks on to that address. */
export async function openPictureHost(address: string): Promise<PictureHost> {
  const server = createServer((request, answer) => {
    const onward = /^\/to\?(.*)$/.exec(request.url ?? '')?.[1];
    if (onward !== undefined) answer.writeHead(302, { location: decodeURIComponent(onward) }).end();
    else if (request.url === '/page.png')
      answer.writeHead(200, { 'content-type': 'image/png' }).end('<script>alert(1)</script>');
    else answer.writeHead(200, { 'content-type': 'image/png' }).end(PIXEL);
  }).listen(0, address);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port, // A listening TCP server has one.
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
