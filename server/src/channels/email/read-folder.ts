import type { ImapFlow } from 'imapflow';
import { type Db, log, type Tx } from '../../platform/index.ts';
import type { Envelope } from '../channel.ts';
import { type ArrivedLetter, type KeepNeeds, keepRaw, LARGEST_IN_ROW_BYTES } from '../keep-raw.ts';
import { errorText } from './door-fault.ts';
import { NotKept, spool } from './spool.ts';
import { type ClaimedAccount, type FolderKey, moveCursor, openCursor } from './store.ts';

const MEGABYTE = 1024 * 1024;
/** Letters fetched at once and kept in one transaction. */
const GROUP_LETTERS = 50;
const GROUP_BYTES = 4 * MEGABYTE;
/** From here on a letter is streamed to disk by itself. */
const STREAM_BYTES = MEGABYTE;
const STREAM_PIECE_BYTES = MEGABYTE;
const ASKED_AT_ONCE = 500;
/** After so many failures of one letter, while the line works, those behind it are not kept waiting. */
const MOST_REFUSALS = 3;
const MOST_BROKEN_LINES = 10;

export interface ReadNeeds extends KeepNeeds {
  db: Db;
}

/** What one account's reader remembers over its connections: letters that could not be fetched. */
export type Suspects = Map<string, number>;

interface Reading {
  client: ImapFlow;
  account: ClaimedAccount;
  key: FolderKey;
  envelope: Envelope;
  suspects: Suspects;
  /** The last UID kept; each group moves it on. */
  cursor: number;
}

/** A letter as the server lists it. */
interface Listed {
  uid: number;
  bytes: number;
  receivedAt: Date | null;
}

/**
 * Keeps every letter of a folder that is past our cursor, oldest first, and tells nothing to the server:
 * the folder is opened read-only and bodies are peeked at, so \Seen stays as it was. UIDs are listed first
 * and then fetched by groups, since a command inside a fetch of imapflow waits for itself for ever.
 *
 * @returns what could not be fetched, in words; null when all was
 */
export async function readFolder(
  needs: ReadNeeds,
  {
    client,
    account,
    folder,
    suspects,
  }: { client: ImapFlow; account: ClaimedAccount; folder: string; suspects: Suspects },
): Promise<string | null> {
  const opened = await client.mailboxOpen(folder, { readOnly: true });
  const { workspaceId, channelId, accountNo } = account;
  const key = { workspaceId, channelId, accountNo, folder, uidValidity: Number(opened.uidValidity) };
  const cursor = await needs.db.transaction((tx) => openCursor(tx, key));
  if (opened.exists === 0 || (opened.uidNext > 0 && opened.uidNext <= cursor + 1)) return null;

  const reading = { client, account, key, envelope: envelopeOf(client), suspects, cursor };
  const uids = await listUids(client, cursor);
  let problem: string | null = null;
  for (let at = 0; at < uids.length; at += ASKED_AT_ONCE) {
    const asked = uids.slice(at, at + ASKED_AT_ONCE);
    for (const group of groupsOf(await askSizes(client, asked), suspects)) {
      problem = (await readGroup(needs, reading, group)) ?? problem;
    }
  }
  // Suspects that nobody lists any more would keep all others from being fetched together.
  for (const name of suspects.keys()) if (name.startsWith(`${folder}/`)) suspects.delete(name);
  return problem;
}

/** Every UID past the cursor but those that someone has marked \Deleted: he has thrown them away. */
async function listUids(client: ImapFlow, cursor: number): Promise<number[]> {
  const found = await client.search({ uid: `${cursor + 1}:*`, deleted: false }, { uid: true });
  if (!found) throw new Error('The server did not list the folder');
  // "n:*" names the last letter even when its UID is below n.
  return found.filter((uid) => uid > cursor).sort((a, b) => a - b);
}

/** Sizes, in the order of the UIDs. A letter that has vanished meanwhile stays listed, with size 0. */
async function askSizes(client: ImapFlow, uids: number[]): Promise<Listed[]> {
  const answers = await client.fetchAll(uids, { uid: true, size: true, internalDate: true }, { uid: true });
  const byUid = new Map(answers.map((answer) => [answer.uid, answer]));
  return uids.map((uid) => {
    const answer = byUid.get(uid);
    return { uid, bytes: answer?.size ?? 0, receivedAt: momentOf(answer?.internalDate) };
  });
}

function momentOf(date: Date | string | undefined): Date | null {
  const moment = date === undefined ? null : new Date(date);
  return moment === null || Number.isNaN(moment.getTime()) ? null : moment;
}

/** Small letters together, large and suspect ones alone. */
function groupsOf(letters: Listed[], suspects: Suspects): Listed[][] {
  const groups: Listed[][] = [];
  let bytes = 0;
  for (const letter of letters) {
    const isAlone = letter.bytes > STREAM_BYTES || suspects.size > 0;
    const last = groups.at(-1);
    const isFull = last === undefined || last.length >= GROUP_LETTERS || bytes + letter.bytes > GROUP_BYTES;
    if (isAlone || isFull) {
      groups.push([letter]);
      bytes = isAlone ? GROUP_BYTES : letter.bytes;
    } else {
      last.push(letter);
      bytes += letter.bytes;
    }
  }
  return groups;
}

async function readGroup(needs: ReadNeeds, reading: Reading, group: Listed[]): Promise<string | null> {
  const only = group.length === 1 ? group[0] : undefined;
  try {
    if (only !== undefined && only.bytes > STREAM_BYTES) await keepStreamed(needs, reading, only);
    else await keepTogether(needs, reading, group);
    for (const { uid } of group) reading.suspects.delete(suspectName(reading.key, uid));
    return null;
  } catch (error) {
    // Our own trouble: however often it comes, the cursor stays and the letter is fetched again.
    if (error instanceof NotKept) throw error;
    if (only !== undefined) return failLetter(needs, reading, only, error);
    // Which of them it was is found by fetching them one by one.
    if (!reading.client.usable) {
      for (const { uid } of group) noteSuspect(reading, uid, 0);
      throw error;
    }
    let problem: string | null = null;
    for (const letter of group.filter(({ uid }) => uid > reading.cursor)) {
      problem = (await readGroup(needs, reading, [letter])) ?? problem;
    }
    return problem;
  }
}

const suspectName = (key: FolderKey, uid: number) => `${key.folder}/${key.uidValidity}/${uid}`;

function noteSuspect({ suspects, key }: Reading, uid: number, by: number): number {
  const name = suspectName(key, uid);
  const count = (suspects.get(name) ?? 0) + by;
  suspects.set(name, count);
  return count;
}

/**
 * One letter could not be fetched. It is tried again; then the cursor passes it, and the ledger's difference
 * shows for ever that the server listed a letter which we do not have.
 */
async function failLetter(
  needs: ReadNeeds,
  reading: Reading,
  { uid }: Listed,
  error: unknown,
): Promise<string> {
  const isRefused = reading.client.usable && errorText(error, 'code') !== 'NoConnection';
  const weight = isRefused ? 1 / MOST_REFUSALS : 1 / MOST_BROKEN_LINES;
  // Thirds and tenths are not exact in binary.
  if (noteSuspect(reading, uid, weight) < 0.999) throw error;
  const { key } = reading;
  await needs.db.transaction((tx) => step(tx, reading, { to: uid, listed: 1, gone: 0 }));
  reading.cursor = uid;
  reading.suspects.delete(suspectName(key, uid));
  log.error({ channelId: key.channelId, folder: key.folder, uid }, 'a letter cannot be fetched; passed over');
  return `${key.folder}: UID ${uid}: ${errorText(error, 'responseText') || errorText(error, 'message')}`;
}

async function keepTogether(needs: ReadNeeds, reading: Reading, group: Listed[]): Promise<void> {
  const uids = group.map(({ uid }) => uid);
  const answers = await reading.client.fetchAll(
    uids,
    { uid: true, source: true, internalDate: true },
    { uid: true },
  );
  const letters = answers
    .filter(({ uid }) => uids.includes(uid))
    .sort((a, b) => a.uid - b.uid)
    .map((answer) => {
      if (answer.source === undefined) throw new Error('The server sent no text');
      return arrived(reading, { uid: answer.uid, receivedAt: momentOf(answer.internalDate) }, answer.source);
    });
  await keepGroup(needs, reading, letters, { to: Math.max(...uids), listed: group.length });
}

async function keepStreamed(needs: ReadNeeds, reading: Reading, listed: Listed): Promise<void> {
  const download = await reading.client.download(String(listed.uid), undefined, {
    uid: true,
    chunkSize: STREAM_PIECE_BYTES,
  });
  if (download.content === undefined) {
    return keepGroup(needs, reading, [], { to: listed.uid, listed: 1 });
  }
  const letter = await spool(download.content, needs.files, LARGEST_IN_ROW_BYTES);
  try {
    await keepGroup(needs, reading, [arrived(reading, listed, letter.bytes)], { to: listed.uid, listed: 1 });
  } finally {
    await letter.remove();
  }
}

/** The letters, the ledger and the cursor, in one transaction. What was listed and did not come is gone. */
async function keepGroup(
  needs: ReadNeeds,
  reading: Reading,
  letters: ArrivedLetter[],
  { to, listed }: { to: number; listed: number },
): Promise<void> {
  try {
    await needs.db.transaction(async (tx) => {
      await step(tx, reading, { to, listed, gone: listed - letters.length });
      for (const letter of letters) await keepRaw(tx, needs, letter);
    });
  } catch (error) {
    throw isAboutValues(error) ? error : new NotKept(error);
  }
  reading.cursor = to;
}

/** Classes of SQLSTATE that say that a value cannot be stored: this one letter's fault, and no other's. */
const ABOUT_VALUES = /^(?:22|23|54)...$/;

const isAboutValues = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ABOUT_VALUES.test(String(error.code));

async function step(
  tx: Tx,
  reading: Reading,
  { to, listed, gone }: { to: number; listed: number; gone: number },
): Promise<void> {
  const isMine = await moveCursor(tx, reading.key, { from: reading.cursor, to, listed, gone });
  if (!isMine) throw new Error('Another process reads this account');
}

function arrived(
  { account, key, envelope }: Reading,
  { uid, receivedAt }: Pick<Listed, 'uid' | 'receivedAt'>,
  bytes: ArrivedLetter['bytes'],
): ArrivedLetter {
  const { workspaceId, channelId, mailboxId, accountNo } = account;
  const place = { accountNo, folder: key.folder, uidValidity: key.uidValidity, uid };
  return { workspaceId, channelId, mailboxId, place, envelope, receivedAt, bytes };
}

/** A mail account does not know how a letter came to it; only the server that told us is known. */
function envelopeOf(client: ImapFlow): Envelope {
  const tls = client.tls === undefined || client.tls === false ? null : client.tls.version;
  return { mailFrom: null, rcptTo: [], peer: client.host, helo: null, tls };
}
