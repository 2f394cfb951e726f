import type { ChannelId, MailboxId, RawMessageId, WorkspaceId } from '@madoguchi/contract';
import type { Db } from '../../platform/index.ts';
import type { RawState } from '../channel.ts';
import { type KeepNeeds, keepRaw } from '../keep-raw.ts';
import { countStates } from '../raw/store.ts';
import { builtInChannel } from '../store.ts';
import { findLetters } from './find-letters.ts';
import type { FoundLetter } from './read-mbox.ts';

const LETTERS_AT_ONCE = 50;
const ASKED_AT_ONCE = 5_000;

export interface ImportNeeds extends KeepNeeds {
  db: Db;
  /** Told after each step how many letters were kept. */
  onProgress?: (kept: number) => void;
}

interface Destination {
  workspaceId: WorkspaceId;
  mailboxId: MailboxId;
}

/** What one import kept, by id. */
export interface Imported extends Destination {
  ids: RawMessageId[];
}

/**
 * Keeps every letter below a path for a mailbox and hands it on. The same path again keeps the letters
 * again, and intake finds that they are duplicates.
 */
export async function importLetters(needs: ImportNeeds, to: Destination, path: string): Promise<Imported> {
  const ids: RawMessageId[] = [];
  const { workspaceId, mailboxId } = to;
  const channelId = await needs.db.transaction((tx) => builtInChannel(tx, workspaceId, mailboxId, 'import'));
  let group: FoundLetter[] = [];
  const keepGroup = async () => {
    ids.push(...(await keepAll(needs, { ...to, channelId }, group)));
    group = [];
    needs.onProgress?.(ids.length);
  };
  for await (const letter of findLetters(path, needs.files)) {
    group.push(letter);
    if (group.length >= LETTERS_AT_ONCE) await keepGroup();
  }
  if (group.length > 0) await keepGroup();
  return { ...to, ids };
}

async function keepAll(
  needs: ImportNeeds,
  to: Destination & { channelId: ChannelId },
  letters: FoundLetter[],
): Promise<RawMessageId[]> {
  const envelope = { mailFrom: null, rcptTo: [], peer: null, helo: null, tls: null };
  try {
    return await needs.db.transaction(async (tx) => {
      const ids: RawMessageId[] = [];
      for (const { bytes, receivedAt } of letters) {
        const id = await keepRaw(tx, needs, { ...to, place: null, envelope, receivedAt, bytes });
        if (id !== null) ids.push(id);
      }
      return ids;
    });
  } finally {
    for (const letter of letters) await letter.remove();
  }
}

/** How many of the imported letters are in each state now. */
export async function countImported(
  db: Db,
  { workspaceId, ids }: Imported,
): Promise<Record<RawState, number>> {
  const sum = { waiting: 0, taken: 0, duplicate: 0, quarantined: 0, ignored: 0 };
  for (let at = 0; at < ids.length; at += ASKED_AT_ONCE) {
    const part = ids.slice(at, at + ASKED_AT_ONCE);
    for (const { state, n } of await db.transaction((tx) => countStates(tx, workspaceId, part)))
      sum[state] += n;
  }
  return sum;
}
