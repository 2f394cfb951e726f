import type { ImapFlow } from 'imapflow';
import { houseActor } from '../../accounts/index.ts';
import { appendEvent, type Config, log, type Secrets, type Tx } from '../../platform/index.ts';
import type { ChannelState } from '../channel.ts';
import { openSecret } from './door-secret.ts';
import { closeImap, openImap } from './imap-client.ts';
import { imapFault } from './imap-fault.ts';
import { type ReadNeeds, readFolder, type Suspects } from './read-folder.ts';
import { type ClaimedAccount, noteBadCheck, noteGoodCheck } from './store.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** IDLE tells sooner; where it is missing or silently dead, this is what finds new letters. */
const POLL_FLOOR = 60 * SECOND;
const FIRST_WAIT = 2 * SECOND;
const LONGEST_WAIT = 5 * MINUTE;
/** Providers lock an account that is tried too often with a wrong password. */
const SIGN_IN_WAIT = 15 * MINUTE;
/** A short break is not worth an alarm. */
const FAILURES_TO_TELL = 3;

/** While we ask, a server that says nothing for so long has gone without telling (half-open TCP). */
const LONGEST_SILENCE = 2 * MINUTE;

export interface AccountNeeds extends ReadNeeds {
  config: Pick<Config, 'privateHosts'>;
  secrets: Secrets;
  /** Only tests are in a hurry. */
  longestSilenceMs?: number;
}

export interface AccountReader {
  /** Look now: someone asked, or the polling floor is reached. */
  poke(): void;
  /** Ends the connection; the promise is that of `ended`. */
  stop(): Promise<void>;
  readonly ended: Promise<void>;
}

/**
 * Reads one account over one connection, until the line breaks or it is stopped. Starting anew, with a new
 * client, is the mail loop's: when, stands in the row.
 */
export function readAccount(needs: AccountNeeds, account: ClaimedAccount, suspects: Suspects): AccountReader {
  const alarm = wakeable();
  let client: ImapFlow | null = null;
  let isStopped = false;
  const ended = run();
  return {
    poke: alarm.wake,
    ended,
    stop() {
      isStopped = true;
      alarm.wake();
      client?.close();
      return ended;
    },
  };

  async function run(): Promise<void> {
    try {
      const secret = openSecret(needs.secrets, account.secret);
      client = await openImap({ door: account.imap, secret, config: needs.config });
      client.on('exists', alarm.wake);
      client.on('close', alarm.wake);
      await passUntilClosed(client);
    } catch (error) {
      if (!isStopped) await tellFailure(needs, account, error);
    } finally {
      if (client !== null) await closeImap(client);
    }
  }

  async function passUntilClosed(open: ImapFlow): Promise<void> {
    while (!isStopped) {
      alarm.reset();
      const problem = await closeWhenSilent(open, needs.longestSilenceMs ?? LONGEST_SILENCE, () =>
        readFolders(needs, { client: open, account, suspects }),
      );
      await tellPass(needs, account, problem);
      if (!open.usable) throw new Error('The server closed the connection');
      await alarm.rung;
      if (!open.usable && !isStopped) throw new Error('The server closed the connection');
    }
  }
}

/**
 * imapflow waits without end for a server that does not answer the end of an IDLE; counting the bytes that
 * come finds every such case.
 */
async function closeWhenSilent<T>(client: ImapFlow, silenceMs: number, work: () => Promise<T>): Promise<T> {
  let received = -1;
  const timer = setInterval(() => {
    const now = client.stats().received;
    if (now === received) client.close();
    received = now;
  }, silenceMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** One pass over the chosen folders; a folder that is missing does not keep the others waiting. */
async function readFolders(
  needs: AccountNeeds,
  { client, account, suspects }: { client: ImapFlow; account: ClaimedAccount; suspects: Suspects },
): Promise<string | null> {
  const problems: string[] = [];
  for (const folder of account.imap.folders) {
    try {
      const problem = await readFolder(needs, { client, account, folder, suspects });
      if (problem !== null) log.warn({ channelId: account.channelId, problem }, 'letters passed over');
    } catch (error) {
      if (!client.usable || imapFault(error).code !== 'folder_missing') throw error;
      problems.push(`${folder}: ${imapFault(error).reply}`);
    }
  }
  // IDLE listens on the folder that is open: the first one, where most letters come.
  const [first] = account.imap.folders;
  if (account.imap.folders.length > 1 && problems.length === 0 && first !== undefined) {
    await client.mailboxOpen(first, { readOnly: true });
  }
  return problems.length === 0 ? null : problems.join('; ');
}

async function tellPass(needs: AccountNeeds, account: ClaimedAccount, problem: string | null): Promise<void> {
  await needs.db.transaction(async (tx) => {
    if (problem !== null) {
      const before = await noteBadCheck(tx, account, { problem, state: 'failed', nextMs: POLL_FLOOR });
      return announce(tx, account, before, { state: 'failed', problem });
    }
    const before = await noteGoodCheck(tx, account, POLL_FLOOR);
    await announce(tx, account, before, { state: 'connected', problem: '' });
  });
}

async function tellFailure(needs: AccountNeeds, account: ClaimedAccount, error: unknown): Promise<void> {
  const fault = imapFault(error);
  const isSignIn = fault.code === 'sign_in_refused';
  const failures = account.failures + 1;
  const state = isSignIn || failures >= FAILURES_TO_TELL ? 'failed' : 'connecting';
  const problem = fault.reply;
  log.warn({ channelId: account.channelId, code: fault.code, failures }, 'mail account cannot be read');
  await needs.db
    .transaction(async (tx) => {
      const nextMs = isSignIn ? SIGN_IN_WAIT : networkWait(failures);
      const before = await noteBadCheck(tx, account, { problem, state, nextMs });
      await announce(tx, account, before, { state, problem });
    })
    // The database is away as well: the row stays due, and the loop starts the account again.
    .catch((cause: unknown) => log.error({ error: String(cause) }, 'a failure could not be noted'));
}

/**
 * How long to wait before the next connection: 2, 4, 8 ... seconds, 5 minutes at most, for ever. A server
 * that is away at night must be read in the morning without anybody's help.
 *
 * @param failures failures in a row so far, 1 or more
 */
export function networkWait(failures: number): number {
  return Math.min(FIRST_WAIT * 2 ** Math.min(failures - 1, 20), LONGEST_WAIT);
}

/**
 * One event when it begins and one when it is over, not one for each attempt. A connection after a short
 * break is told silently: screens show it, nobody is alarmed.
 */
async function announce(
  tx: Tx,
  account: ClaimedAccount,
  before: ChannelState,
  now: { state: ChannelState; problem: string },
): Promise<void> {
  if (now.state === before || now.state === 'connecting') return;
  await appendEvent(tx, houseActor(account.workspaceId), {
    kind: now.state === 'failed' ? 'channel_failed' : 'channel_recovered',
    mailboxId: account.mailboxId,
    facts: { channelId: account.channelId, problem: now.problem },
    silent: now.state === 'connected' && before !== 'failed',
  });
}

/** A bell that stays rung until it is reset, so that a ring during a pass is not lost. */
function wakeable() {
  let ring: () => void = () => {};
  const bell = { rung: Promise.resolve(), wake: () => ring(), reset: () => {} };
  bell.reset = () => {
    bell.rung = new Promise((resolve) => {
      ring = resolve;
    });
  };
  bell.reset();
  return bell;
}
