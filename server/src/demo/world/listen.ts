import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

/** A letter as the world took it. */
export interface TakenLetter {
  recipients: string[];
  bytes: Buffer;
}

const LARGEST_BYTES = 40 * 1024 * 1024;
const LOOPBACK = '127.0.0.1';
/** Nobody lives here: letters to this domain are refused, so that one can see what that looks like. */
const NOBODY_AT = 'gone.example';

/**
 * Plays every mail server outside.
 *
 * @param port where it listened last; any free one when that is taken or 0
 */
export async function listen(
  port: number,
  take: (letter: TakenLetter) => Promise<void>,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = new SMTPServer({
    name: 'world.example',
    banner: 'the world outside the demo',
    size: LARGEST_BYTES,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onRcptTo({ address }, _session, done) {
      if (address.toLowerCase().endsWith(`@${NOBODY_AT}`)) {
        return done(withCode(550, `5.1.1 <${address}>: Recipient address rejected: User unknown`));
      }
      done();
    },
    onData(stream, { envelope }, done) {
      readAll(stream)
        .then((bytes) => take({ recipients: envelope.rcptTo.map(({ address }) => address), bytes }))
        .then(
          () => done(null, '2.0.0 Ok: the customer has it'),
          () => done(withCode(451, '4.3.0 The world could not keep this letter')),
        );
    },
  });
  // A line that breaks is the other side's matter; without a listener it would end the process.
  server.on('error', () => {});
  const listening = await startOn(server, port).catch(() => startOn(server, 0));
  return { port: listening, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

const withCode = (responseCode: number, message: string) =>
  Object.assign(new Error(message), { responseCode });

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}

function startOn({ server }: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
