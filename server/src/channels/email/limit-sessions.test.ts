import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { limitSessions } from './limit-sessions.ts';

test('a peer has so many lines at once, and a line so long to live', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const isTooMany = limitSessions(server, { mostPerPeer: 1, longestSessionMs: 300 });
  const lines: Socket[] = [];
  const open = async () => {
    const arrived = once(server, 'connection');
    const line = connect((server.address() as AddressInfo).port, '127.0.0.1');
    line.resume();
    lines.push(line);
    await arrived;
  };
  try {
    await open();
    expect(isTooMany('127.0.0.1')).toBe(false);
    await open();
    expect(isTooMany('127.0.0.1')).toBe(true);
    await Promise.all(lines.map((line) => once(line, 'close')));
    await open();
    expect(isTooMany('127.0.0.1')).toBe(false);
  } finally {
    for (const line of lines) line.destroy();
    server.close();
  }
});
