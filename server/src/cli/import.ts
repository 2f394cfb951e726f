import { open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  countImported,
  findRecipients,
  type ImportNeeds,
  importLetters,
  type RawState,
} from '../channels/index.ts';
import { defineError } from '../platform/index.ts';

const SECOND = 1_000;
const LOOK_AGAIN = SECOND / 2;
/** So long without one letter settled: no worker is at work. */
const STANDSTILL = 120 * SECOND;
const HEAD_BYTES = 1_000;
/** An mbox's From line, or a field's name and colon (RFC 5322 section 2.2), after blank lines at most. */
const LOOKS_LIKE_MAIL = /^(?:\xef\xbb\xbf)?\s*(?:>?From |[!-9;-~]+[ \t]*:)/;

export const importMailboxUnknown = defineError<{ address: string }>(
  'cli.mailbox_not_found',
  'not_found',
  'No shared mailbox has this address.',
);

export const importPathUnreadable = defineError<{ path: string; why: string }>(
  'cli.path_unreadable',
  'invalid',
  'This path cannot be read. Name an mbox file, a Maildir, or a folder or file of .eml letters.',
);

export interface ImportMailNeeds extends Omit<ImportNeeds, 'onProgress'> {
  /** Gives intake a chance to settle what waits, where no other process works. */
  settle: () => Promise<void>;
  /** Progress, for people. */
  say: (line: string) => void;
}

/** What became of the letters; `waiting` above 0 means that nothing took them in. */
export type ImportCounts = Record<RawState, number>;

/**
 * Brings an mbox, a Maildir or a folder of .eml files into a mailbox, and waits until every letter is
 * settled. May be repeated: what is there already becomes `duplicate`.
 *
 * @throws importMailboxUnknown, or an error of the file system when the path cannot be read
 */
export async function importMail(
  path: string,
  mailboxAddress: string,
  needs: ImportMailNeeds,
): Promise<ImportCounts> {
  const address = mailboxAddress.toLowerCase();
  const [to] = await needs.db.transaction((tx) => findRecipients(tx, [address]));
  if (to === undefined) throw importMailboxUnknown({ address });
  await refuseUnreadable(path);
  const onProgress = (kept: number) => needs.say(`${kept} letters read`);
  const imported = await importLetters({ ...needs, onProgress }, to, path);

  let counts = await countImported(needs.db, imported);
  for (let since = Date.now(); counts.waiting > 0 && Date.now() - since < STANDSTILL; ) {
    await needs.settle();
    const now = await countImported(needs.db, imported);
    if (now.waiting < counts.waiting) {
      since = Date.now();
      needs.say(`${now.waiting} of ${imported.ids.length} letters wait to be taken in`);
    } else {
      await sleep(LOOK_AGAIN);
    }
    counts = now;
  }
  return counts;
}

/** A single file must at least begin like a letter or an mbox: a program or a table is no case for anybody. */
async function refuseUnreadable(path: string): Promise<void> {
  const found = await stat(path).catch((error: Error) => {
    throw importPathUnreadable({ path, why: error.message });
  });
  if (found.isDirectory()) return;
  const handle = await open(path);
  const head = Buffer.alloc(HEAD_BYTES);
  const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0).finally(() => handle.close());
  if (!LOOKS_LIKE_MAIL.test(head.toString('latin1', 0, bytesRead))) {
    throw importPathUnreadable({ path, why: 'it does not begin like a letter' });
  }
}
