import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DovecotServer } from '../servers/dovecot.ts';
import { neomutt } from './ground.ts';
import { happened } from './timed.ts';

/** What the index shows of a letter; the subject carries the tree of its thread before it. */
const MARK = 'letter:';

/**
 * Opens a mailbox in neomutt, in a terminal of its own, and reads the index from its screen.
 *
 * @returns a line for each letter in the order of the screen: the arrow of an answer, or the subject
 */
export async function showsThread(dovecot: DovecotServer, user: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-mutt-'));
  const settings = join(folder, 'neomuttrc');
  await writeFile(settings, settingsFor(dovecot, user, folder));
  // `script` gives it a terminal; a dumb one is told line by line what stands where.
  const command = `stty rows 40 cols 120; exec ${neomutt} -n -F ${settings}`;
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    env: { PATH: process.env.PATH ?? '', HOME: folder, TERM: 'vt100', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let screen = '';
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString('utf8');
  });
  const lines = () => linesOf(screen);
  try {
    return await happened('neomutt shows the letters', async () => (lines().length >= 4 ? lines() : null));
  } finally {
    child.stdin.write('x');
    child.stdin.end();
    child.kill('SIGHUP');
    await rm(folder, { recursive: true, force: true });
  }
}

const settingsFor = ({ port, password }: DovecotServer, user: string, folder: string) => `
set folder = "${folder}"
set move = no
set imap_user = "${user}"
set imap_pass = "${password}"
set ssl_starttls = no
set ssl_force_tls = no
set spoolfile = "imap://127.0.0.1:${port}/INBOX"
set sort = threads
set strict_threads = yes
set ascii_chars = yes
set index_format = "${MARK}%s"
set charset = utf-8
set wait_key = no
set help = no
`;

/** The subjects of the index: the text of the screen without its control sequences. */
function linesOf(screen: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the control sequences of a terminal
  const plain = screen.replace(/\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\x1b[=>78]|[\x0e\x0f]/g, '\n');
  return plain
    .split(/[\r\n]+/)
    .filter((line) => line.includes(MARK))
    .map((line) => line.slice(line.indexOf(MARK) + MARK.length).trimEnd());
}
