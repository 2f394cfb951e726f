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
    return { remoteAddress: '127.0.0.1', remotePort: line.localPort };
  };
  try {
    const first = await open();
    expect(isTooMany(first)).toBe(false);
    expect(isTooMany(await open())).toBe(true);
    // One too many shuts out itself, not those who were here before.
    expect(isTooMany(first)).toBe(false);
    await Promise.all(lines.map((line) => once(line, 'close')));
    expect(isTooMany(await open())).toBe(false);
  } finally {
    for (const line of lines) line.destroy();
    server.close();
  }
});
