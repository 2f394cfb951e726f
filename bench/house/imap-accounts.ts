import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import type { DovecotServer } from '../../e2e/servers/dovecot.ts';

/** A folder of an account on the real server, as another program of the company sees it. */
export interface AccountFolder {
  user: string;
  folder: string;
}

/** Where a letter lies on the server: `user/folder/UIDVALIDITY/UID`. */
export type Place = string;

export const placeOf = ({ user, folder }: AccountFolder, validity: number, uid: number): Place =>
  `${user}/${folder}/${validity}/${uid}`;

/** Puts letters in, in their order. @returns where each lies */
export async function putIn(
  server: DovecotServer,
  at: AccountFolder,
  letters: readonly Buffer[],
): Promise<Place[]> {
  return asClient(server, at.user, async (client) => {
    await client.mailboxCreate(at.folder);
    const places: Place[] = [];
    for (const bytes of letters) {
      const put = await client.append(at.folder, bytes);
      if (put === false || put.uid === undefined) throw new Error('the mail server did not say the UID');
      places.push(placeOf(at, Number(put.uidValidity), put.uid));
    }
    return places;
  });
}

/** Another program reads every second letter. */
export async function markHalfRead(server: DovecotServer, at: AccountFolder): Promise<number> {
  return asClient(server, at.user, async (client) => {
    await client.mailboxOpen(at.folder);
    const uids = ((await client.search({ all: true }, { uid: true })) || []).filter(
      (_, index) => index % 2 === 0,
    );
    await client.messageFlagsAdd(uids, ['\\Seen'], { uid: true });
    return uids.length;
  });
}

/** The flags of every letter; \Recent is the server's own and says who looked first. */
export async function listFlags(server: DovecotServer, at: AccountFolder): Promise<Map<Place, string>> {
  return asClient(server, at.user, async (client) => {
    const { uidValidity, exists } = await client.mailboxOpen(at.folder, { readOnly: true });
    const found = exists === 0 ? [] : await client.fetchAll('1:*', { uid: true, flags: true }, { uid: true });
    const flagsOf = (flags: Set<string> | undefined) =>
      [...(flags ?? [])]
        .filter((flag) => flag !== '\\Recent')
        .sort()
        .join(' ');
    return new Map(found.map(({ uid, flags }) => [placeOf(at, Number(uidValidity), uid), flagsOf(flags)]));
  });
}

/**
 * The folder is lost and made anew with the same letters: a new UIDVALIDITY, every UID new. An INBOX cannot
 * be deleted by a client, so there the account itself is removed while the server is down.
 *
 * @returns the new places
 */
export async function recreate(server: DovecotServer, at: AccountFolder): Promise<Place[]> {
  const letters = await asClient(server, at.user, async (client) => {
    await client.mailboxOpen(at.folder, { readOnly: true });
    const found = await client.fetchAll('1:*', { uid: true, source: true }, { uid: true });
    return found.map(({ source }) => source ?? Buffer.alloc(0));
  });
  if (at.folder === 'INBOX') {
    await server.stop();
    // The server's children write their last files while they end.
    await rm(server.maildirOf(at.user), { recursive: true, maxRetries: 20, retryDelay: 100 });
    await server.start();
  } else {
    await asClient(server, at.user, (client) => client.mailboxDelete(at.folder));
  }
  // The server takes the second for its UIDVALIDITY.
  await sleep(1_100);
  return putIn(server, at, letters);
}

async function asClient<T>(
  { port, password }: DovecotServer,
  user: string,
  work: (client: ImapFlow) => Promise<T>,
): Promise<T> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: false,
    doSTARTTLS: false,
    auth: { user, pass: password },
    disableAutoIdle: true,
    logger: false,
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.logout();
  }
}
