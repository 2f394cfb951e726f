import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import SMTPConnection, { type SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import XOAuth2 from 'nodemailer/lib/xoauth2';
import type { HostAddress } from '../../platform/net/index.ts';
import type { DoorSecret, LetterOut, SendOutcome, StoredDoor } from '../channel.ts';
import { acceptedOutcome, failureOutcome } from './send-outcome.ts';
import { wireAddress } from './wire-address.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Each well below the 10 minutes after which a claim counts as unknown. */
export interface SmtpTimeouts {
  connectMs: number;
  greetingMs: number;
  /** Silence of the far side; RFC 5321 section 4.5.3.2 wants up to 10 minutes after the last dot. */
  silenceMs: number;
  /** The whole attempt. */
  totalMs: number;
}
const TIMEOUTS: SmtpTimeouts = {
  connectMs: 30 * SECOND,
  greetingMs: 30 * SECOND,
  silenceMs: 5 * MINUTE,
  totalMs: 9 * MINUTE,
};

const PIECE_BYTES = 64 * 1024;

/** An SMTP server that is known by name and address, and what it wants to hear. */
export interface SmtpTarget {
  /** `opportunistic`: TLS when it is offered; for the house's own relay only. */
  door: Omit<StoredDoor, 'security'> & { security: StoredDoor['security'] | 'opportunistic' };
  /** The address that was checked; no other is connected to. */
  address: HostAddress;
  secret: DoorSecret | null;
  /** Our own name for EHLO. */
  name: string;
  timeouts?: SmtpTimeouts;
}

/** Hands one letter to an SMTP server. What the world says is an outcome, never an error. */
export async function sendBySmtp(target: SmtpTarget, letter: LetterOut): Promise<SendOutcome> {
  const progress = { isBodyOut: false };
  const session = openSession(target);
  try {
    await session.start();
    const info = await session.send(letter, progress);
    return acceptedOutcome(letter, info);
  } catch (error) {
    return failureOutcome(letter, error, progress.isBodyOut);
  } finally {
    session.end();
  }
}

/**
 * Connects, secures and signs in, and leaves again.
 *
 * @throws Error of nodemailer with what the far side said
 */
export async function trySmtp(target: SmtpTarget): Promise<void> {
  const session = openSession(target);
  try {
    await session.start();
  } finally {
    session.end();
  }
}

function openSession(target: SmtpTarget) {
  const connection = new SMTPConnection(optionsOf(target));
  const timeouts = target.timeouts ?? TIMEOUTS;
  let timer: NodeJS.Timeout | undefined;
  // Errors between two steps have nobody else to tell.
  const broken = new Promise<never>((_, reject) => {
    connection.on('error', reject);
    // A step that fails tells more than that the line is over: it comes first.
    connection.once('end', () => setImmediate(() => reject(new Error('The server closed the connection'))));
    timer = setTimeout(() => {
      reject(new Error(`No end after ${timeouts.totalMs / SECOND} s`));
      connection.close();
    }, timeouts.totalMs);
  });
  broken.catch(() => {});
  const step = <T>(run: (done: (error?: Error | null, value?: T) => void) => void) =>
    Promise.race([
      broken,
      new Promise<T | undefined>((resolve, reject) => {
        run((error, value) => (error ? reject(error) : resolve(value)));
      }),
    ]);
  return {
    async start(): Promise<void> {
      await step((done) => connection.connect(done));
      if (target.secret !== null) await signIn(target, target.secret);
    },
    async send(letter: LetterOut, progress: { isBodyOut: boolean }): Promise<SMTPConnectionSendInfo> {
      const { body, size } = await openBody(letter);
      // Its end is read just before the last dot is written: from here on the far side may have it all.
      body.once('end', () => {
        progress.isBodyOut = true;
      });
      const envelope = {
        from: letter.envelopeFrom === '' ? (false as const) : wireAddress(letter.envelopeFrom),
        to: letter.envelopeTo.map(wireAddress),
        size,
        use8BitMime: true,
      };
      const info = await step<SMTPConnectionSendInfo>((done) => connection.send(envelope, body, done));
      if (info === undefined) throw new Error('The letter was taken without an answer');
      return info;
    },
    end(): void {
      clearTimeout(timer);
      if (!connection.destroyed) connection.quit();
      // A server that does not answer QUIT must not keep the socket.
      setTimeout(() => connection.close(), SECOND).unref();
    },
  };

  async function signIn({ door }: SmtpTarget, secret: DoorSecret): Promise<void> {
    const auth =
      'accessToken' in secret
        ? { user: door.user, oauth2: new XOAuth2({ user: door.user, accessToken: secret.accessToken }) }
        : { user: door.user, pass: secret.password };
    await step((done) => connection.login(auth, done));
  }
}

function optionsOf({ door, address, name, timeouts = TIMEOUTS }: SmtpTarget) {
  const servername = isIP(door.host) === 0 ? door.host : undefined;
  return {
    host: address.address,
    port: door.port,
    name,
    secure: door.security === 'tls',
    requireTLS: door.security === 'starttls',
    ignoreTLS: door.security === 'none',
    ...(servername !== undefined && { servername }),
    tls: { rejectUnauthorized: door.verifyCertificate },
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.silenceMs,
    allowInternalNetworkInterfaces: true,
    logger: false,
  };
}

async function openBody({ bytes }: LetterOut): Promise<{ body: Readable; size: number }> {
  if (!Buffer.isBuffer(bytes)) {
    return { body: createReadStream(bytes.path), size: (await stat(bytes.path)).size };
  }
  return { body: Readable.from(piecesOf(bytes)), size: bytes.length };
}

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}
