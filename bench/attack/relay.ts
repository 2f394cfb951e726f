import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** What a mail server of the world was given by the house. */
export interface TakenLetter {
  rcptTo: string[];
  /** As it came over the line. */
  text: string;
}

export interface Relay {
  port: number;
  taken: TakenLetter[];
  close(): Promise<void>;
}

/** The way out of the house: takes everything and keeps it as it came. */
export async function openRelay(): Promise<Relay> {
  const taken: TakenLetter[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    async onData(stream, { envelope }, done) {
      const text = (await buffer(stream)).toString('latin1');
      taken.push({ rcptTo: envelope.rcptTo.map(({ address }) => address), text });
      done();
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port, // A listening TCP server has one.
    taken,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
