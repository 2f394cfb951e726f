import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

/** The relay of the company: takes every letter, slowly, and writes down what it answered 250 to. */
export interface Sink {
  port: number;
  /** How often each Message-ID (without <>) was taken. */
  taken: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

const MESSAGE_ID = /^message-id:\s*<([^>]+)>/im;

/** @param delayMs how long a letter lies between its last byte and the 250: the moment in which kills hurt */
export async function openSink(delayMs: () => number): Promise<Sink> {
  const taken = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onAuth: (_auth, _session, done) => done(null, { user: 'anybody' }),
    async onData(stream, _session, done) {
      const bytes = await buffer(stream).catch(() => null);
      // The client was killed within its letter.
      if (bytes === null) return done(new Error('the line broke'));
      const messageId = MESSAGE_ID.exec(bytes.toString('latin1'))?.[1] ?? 'none';
      await sleep(delayMs());
      taken.set(messageId, (taken.get(messageId) ?? 0) + 1);
      done();
    },
  });
  // A client that was killed resets its line.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port, // A listening TCP server has one.
    taken,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
