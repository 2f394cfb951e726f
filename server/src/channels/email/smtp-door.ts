import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerDataStream,
  type SMTPServerSession,
} from 'smtp-server';
import { type Config, countRequest, type Db, log, peerOf } from '../../platform/index.ts';
import type { Envelope } from '../channel.ts';
import { type KeepNeeds, keepRaw, LARGEST_IN_ROW_BYTES } from '../keep-raw.ts';
import { builtInChannel } from '../store.ts';
import { limitSessions } from './limit-sessions.ts';
import { watchForSmuggling } from './smuggling.ts';
import { type Spooled, spool } from './spool.ts';
import { findRecipients, type Recipient } from './store.ts';
import { mailboxAddresses } from './wire-address.ts';

const SECOND = 1_000;
const LARGEST_LETTER_BYTES = 50 * 1024 * 1024;
const MOST_CLIENTS = 100;
const MOST_RECIPIENTS = 100;
/** A company's own relay is one peer; whoever is put off comes again in the next minute. */
const LETTERS_PER_MINUTE = 1_200;
/** A relay that forwards everything meets some; who meets more looks for what we have. */
const MOST_UNKNOWN_RECIPIENTS = 20;
const IDLE_TIMEOUT = 60 * SECOND;
const CLOSE_TIMEOUT = 5 * SECOND;

/** Nobody signs in here; the others are the library's jokes. */
const NEVER = ['AUTH', 'WIZ', 'SHELL', 'KILL'];

export interface SmtpDoorNeeds extends KeepNeeds {
  db: Db;
  config: Pick<Config, 'smtpHost' | 'smtpPort' | 'tls' | 'url'>;
}

export interface SmtpDoor {
  /** The port that it listens on. */
  port: number;
  /** Lets letters that are being taken end, 5 s at most. */
  close(): Promise<void>;
}

/**
 * The project's own way in: takes letters to its mailboxes and nothing else. A letter is on disk, once per
 * mailbox, before the sender is told 250; whatever keeps us from that is a 451, so that he comes again.
 *
 * @throws Error when the port is taken or the certificate cannot be read
 */
export async function openSmtpDoor(needs: SmtpDoorNeeds): Promise<SmtpDoor> {
  const { config } = needs;
  const tls = config.tls && { cert: await readFile(config.tls.cert), key: await readFile(config.tls.key) };
  const server = new SMTPServer({
    ...tls,
    name: new URL(config.url).hostname,
    banner: 'Madoguchi',
    size: LARGEST_LETTER_BYTES,
    maxClients: MOST_CLIENTS,
    maxRecipients: MOST_RECIPIENTS,
    socketTimeout: IDLE_TIMEOUT,
    closeTimeout: CLOSE_TIMEOUT,
    // Without a certificate of the company's own none is offered: smtp-server's built-in one is public.
    disabledCommands: tls ? NEVER : [...NEVER, 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    // The library's own choice of codes does not know why we refuse; ours stand in the text.
    hideENHANCEDSTATUSCODES: true,
    // a..b@docomo.ne.jp and the like write to us.
    lenientAddressParsing: true,
    logger: false,
    onConnect: (session, done) =>
      done(isTooMany(session) ? new SmtpRefusal(421, '4.7.0 Too many lines from you') : null),
    onMailFrom: (_address, session, done) => void answer(countLetter(needs, session), done),
    onRcptTo: (address, session, done) => void answer(checkRecipient(needs, address, session), done),
    onData: (stream, session, done) => void answer(takeLetter(needs, stream, session), done),
  });
  const isTooMany = limitSessions(server.server);
  server.on('error', (error) => log.info({ error: error.message }, 'smtp connection broke'));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.smtpPort, config.smtpHost, () => resolve());
  });
  return {
    port: (server.server.address() as AddressInfo).port, // A listening TCP server has one.
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** What the sender is told; `smtpCode` is the reply's number. */
class SmtpRefusal extends Error {
  readonly responseCode: number;

  constructor(code: number, text: string) {
    super(text);
    this.responseCode = code;
  }
}

async function answer(
  work: Promise<string | null>,
  done: (error?: Error | null, reply?: string) => void,
): Promise<void> {
  try {
    done(null, (await work) ?? undefined);
  } catch (error) {
    if (error instanceof SmtpRefusal) return done(error);
    log.error({ error: String(error) }, 'a letter could not be kept');
    done(new SmtpRefusal(451, '4.3.0 Cannot keep letters now, please come again'));
  }
}

async function countLetter({ db }: SmtpDoorNeeds, { remoteAddress }: SMTPServerSession): Promise<null> {
  const { count } = await db.transaction((tx) =>
    countRequest(tx, { peer: peerOf(remoteAddress), door: 'smtp' }),
  );
  if (count > LETTERS_PER_MINUTE) throw new SmtpRefusal(451, '4.7.1 Too many letters, please come again');
  return null;
}

/** How many recipients of each line were none of ours. */
const unknownRecipients = new WeakMap<SMTPServerSession, number>();

function refuseRecipient(session: SMTPServerSession): never {
  const count = (unknownRecipients.get(session) ?? 0) + 1;
  unknownRecipients.set(session, count);
  if (count > MOST_UNKNOWN_RECIPIENTS) throw new SmtpRefusal(421, '4.7.0 Too many unknown recipients');
  throw new SmtpRefusal(550, '5.1.1 No such mailbox here');
}

async function checkRecipient(
  { db }: SmtpDoorNeeds,
  { address }: SMTPServerAddress,
  session: SMTPServerSession,
): Promise<null> {
  const found = await db.transaction((tx) => findRecipients(tx, mailboxAddresses(address)));
  if (found.length === 0) refuseRecipient(session);
  log.debug({ session: session.id }, 'recipient accepted');
  return null;
}

async function takeLetter(
  needs: SmtpDoorNeeds,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<string> {
  const watch = watchForSmuggling();
  let isSmuggling = false;
  const letter = await spool(stream, needs.files, LARGEST_IN_ROW_BYTES, (chunk) => {
    isSmuggling = watch(chunk);
    // What will be refused need not fill the disk.
    return !isSmuggling && !stream.sizeExceeded;
  });
  try {
    if (stream.sizeExceeded) throw new SmtpRefusal(552, '5.3.4 Letter is larger than 50 MB');
    if (isSmuggling) throw new SmtpRefusal(550, '5.6.0 A line with a single dot has bare CR or LF around it');
    const ids = await keepForAll(needs, letter, session);
    return `2.6.0 Kept as ${ids.join(' ')}`;
  } finally {
    await letter.remove();
  }
}

/** One raw message per mailbox, all or none: the sender gets one answer for all of them. */
async function keepForAll(
  needs: SmtpDoorNeeds,
  letter: Spooled,
  session: SMTPServerSession,
): Promise<string[]> {
  const envelope = envelopeOf(session);
  return needs.db.transaction(async (tx) => {
    const recipients = await findRecipients(tx, envelope.rcptTo.flatMap(mailboxAddresses));
    if (recipients.length === 0) throw new SmtpRefusal(550, '5.1.1 No such mailbox here');
    const ids: string[] = [];
    for (const { workspaceId, mailboxId } of onePerMailbox(recipients)) {
      const channelId = await builtInChannel(tx, workspaceId, mailboxId, 'smtp_listener');
      const arrived = { workspaceId, channelId, mailboxId, place: null, envelope, receivedAt: null };
      ids.push((await keepRaw(tx, needs, { ...arrived, bytes: letter.bytes })) ?? '');
    }
    return ids;
  });
}

function onePerMailbox(recipients: readonly Recipient[]): Recipient[] {
  return [...new Map(recipients.map((recipient) => [recipient.mailboxId, recipient])).values()];
}

function envelopeOf(session: SMTPServerSession): Envelope {
  const { mailFrom, rcptTo } = session.envelope;
  return {
    mailFrom: mailFrom === false ? '' : mailFrom.address,
    rcptTo: rcptTo.map(({ address }) => address),
    peer: session.remoteAddress,
    helo: session.hostNameAppearsAs || null,
    tls: session.tlsOptions === false ? null : (session.tlsOptions?.version ?? null),
  };
}
