import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail server that takes everything and counts it by subject and by Message-ID. */
export interface Sink {
  port: number;
  /** How many letters with this subject have arrived. */
  count(subject: string): number;
  /** How many with this Message-ID, without <>. */
  countId(messageId: string): number;
  total(): number;
  close(): Promise<void>;
}

export async function openSink(): Promise<Sink> {
  const subjects: string[] = [];
  const ids: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    async onData(stream, _session, done) {
      const { subject, messageId } = await simpleParser(await text(stream));
      subjects.push(subject ?? '');
      ids.push(messageId ?? '');
      done();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    count: (subject) => subjects.filter((one) => one === subject).length,
    countId: (messageId) => ids.filter((one) => one === `<${messageId}>`).length,
    total: () => subjects.length,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
