import { isIP } from 'node:net';
import { ImapFlow } from 'imapflow';
import { type Config, log } from '../../platform/index.ts';
import { resolveHost } from '../../platform/net/index.ts';
import type { DoorSecret, StoredDoor } from '../channel.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** How long a connection and its greeting may each take. */
const PATIENCE = 30 * SECOND;
/** A line that carries nothing for so long, although we ask each minute, is half open. */
const SILENCE_TIMEOUT = 3 * MINUTE;
/** Some servers and routers forget an IDLE after 10 minutes. */
const IDLE_RESTART = 9 * MINUTE;
const IDLE_AFTER = 500;
const LARGEST_LITERAL_BYTES = 256 * 1024 * 1024;

export interface ImapTarget {
  door: StoredDoor;
  secret: DoorSecret | null;
  config: Pick<Config, 'privateHosts'>;
  patienceMs?: number;
}

/**
 * Connects and signs in. A client is used for one connection only; whoever loses it makes a new one.
 *
 * @throws HouseError of platform/net, or an error of imapflow (see imapFault)
 */
export async function openImap({
  door,
  secret,
  config,
  patienceMs = PATIENCE,
}: ImapTarget): Promise<ImapFlow> {
  const address = await resolveHost(door.host, config);
  const isName = isIP(door.host) === 0;
  const client = new ImapFlow({
    host: address.address,
    port: door.port,
    secure: door.security === 'tls',
    ...(door.security !== 'tls' && { doSTARTTLS: door.security === 'starttls' }),
    ...(isName && { servername: door.host }),
    tls: { rejectUnauthorized: door.verifyCertificate, ...(isName && { servername: door.host }) },
    auth: {
      user: door.user,
      ...(secret !== null && 'accessToken' in secret
        ? { accessToken: secret.accessToken }
        : { pass: secret?.password ?? '' }),
    },
    clientInfo: { name: 'Madoguchi' },
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: SILENCE_TIMEOUT,
    maxIdleTime: IDLE_RESTART,
    autoIdleDelay: IDLE_AFTER,
    maxLiteralSize: LARGEST_LITERAL_BYTES,
    // Deflate would hold another 256 KB a connection, for mail that is mostly deflated already.
    disableCompression: true,
    logger: false,
  });
  // Without a listener an error between two commands would end the process; the next command tells it too.
  client.on('error', (error) => log.debug({ error: error.message }, 'imap connection broke'));
  try {
    await client.connect();
  } catch (error) {
    client.close();
    throw error;
  }
  return client;
}

/** Leaves politely, but never waits for a dead line. */
export async function closeImap(client: ImapFlow): Promise<void> {
  const timer = setTimeout(() => client.close(), 2 * SECOND);
  await client.logout().catch(() => {});
  clearTimeout(timer);
  client.close();
}
