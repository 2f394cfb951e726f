/**
 * npm run accounted -- --corpus DIR: some two thousand letters go in by a real IMAP server and by our own
 * SMTP door, and every one of them is accounted for exactly once: visible, attached as a bounce, or a
 * duplicate that the truth names. Then the mail server's folders are made anew, and nothing doubles.
 *
 *   --corpus DIR    the collection of mail with mime/, japanese/, threads/ and make-mail.mjs
 *   --keep-log      leave the server's log in the system's temporary folder
 *
 * Ends with 0 when all is accounted for, 1 with the letters that are not, 2 without a collection.
 */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDovecot } from '../e2e/servers/dovecot.ts';
import { startExim } from '../e2e/servers/exim.ts';
import { chooseLetters, makeLetters, missingOf } from './accounted/letters.ts';
import { proveAccounted } from './accounted/prove-accounted.ts';

const { values } = parseArgs({
  options: { corpus: { type: 'string' }, 'keep-log': { type: 'boolean', default: false } },
});
const corpus = values.corpus ?? process.env.TEST_CORPUS ?? '';
const missing = corpus === '' ? 'no folder was given' : missingOf(corpus);
if (missing !== null) {
  console.error(`The collection of mail is missing: ${missing}. Give its folder as --corpus DIR.`);
  process.exitCode = 2;
} else {
  process.exitCode = (await run(corpus)) ? 0 : 1;
}

async function run(folder: string): Promise<boolean> {
  const scratch = await mkdtemp(join(tmpdir(), 'madoguchi-accounted-'));
  const dovecot = await startDovecot();
  const exim = await startExim({ mailRoot: dovecot.mailRoot });
  try {
    const made = await makeLetters(folder, scratch);
    const shop = [...new Set(made.map(({ address }) => address))].sort();
    const [address = ''] = shop.filter((one) => one.startsWith('support@'));
    const letters = [...(await chooseLetters(folder, address)), ...made];
    const faults = await proveAccounted({ dovecot, exim, shop, letters }, keepLog);
    console.log(`${letters.length} letters, ${faults.length} faults`);
    return faults.length === 0;
  } finally {
    await exim.remove();
    await dovecot.remove();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function keepLog(logFile: string): Promise<void> {
  if (!values['keep-log']) return;
  const kept = join(tmpdir(), `madoguchi-accounted-${process.pid}.log`);
  await copyFile(logFile, kept);
  console.log(`the server's log: ${kept}`);
}
