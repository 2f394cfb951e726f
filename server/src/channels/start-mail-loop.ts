import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelId } from '@madoguchi/contract';
import { type Config, log, newId } from '../platform/index.ts';
import { type AccountNeeds, type AccountReader, readAccount } from './email/read-account.ts';
import type { Suspects } from './email/read-folder.ts';
import { openSmtpDoor } from './email/smtp-door.ts';
import { type ClaimedAccount, claimAccounts, releaseAccounts } from './email/store.ts';

const SECOND = 1_000;
const TICK = SECOND;
/** An account of a dead process is read by another after this. */
const READER_LEASE = 15 * SECOND;
/** Connections begun in one tick: providers count many at once as an attack. */
const STARTS_PER_TICK = 5;

export interface MailLoopNeeds extends AccountNeeds {
  config: Config;
}

export interface MailLoop {
  /** The port of the SMTP door; null when it is switched off. */
  smtpPort: number | null;
  stop(): Promise<void>;
}

interface Running {
  reader: AccountReader;
  /** Everything that a running connection was made from. */
  fingerprint: string;
  suspects: Suspects;
  isOver: boolean;
}

/**
 * The role `mail`: the SMTP door, and every mail account that no other process reads. Looks each second for
 * accounts that are new, changed, switched off or due.
 */
export async function startMailLoop(needs: MailLoopNeeds): Promise<MailLoop> {
  const door = needs.config.smtpPort === 0 ? null : await openSmtpDoor(needs);
  const stopped = new AbortController();
  const running = new Map<ChannelId, Running>();
  const name = newId<string>();
  const ticking = tick();
  return {
    smtpPort: door?.port ?? null,
    async stop() {
      stopped.abort();
      await door?.close();
      await ticking;
      await Promise.all([...running.values()].map(({ reader }) => reader.stop()));
      await needs.db.transaction((tx) => releaseAccounts(tx, name));
    },
  };

  async function tick(): Promise<void> {
    while (!stopped.signal.aborted) {
      try {
        const accounts = await needs.db.transaction((tx) => claimAccounts(tx, name, READER_LEASE));
        follow(needs, running, accounts);
      } catch (error) {
        // Without the database no lease can be renewed: another process may read these accounts.
        log.error({ error: String(error) }, 'mail accounts could not be looked up');
        for (const { reader } of running.values()) void reader.stop();
      }
      await sleep(TICK, undefined, { signal: stopped.signal }).catch(() => {});
    }
  }
}

/** Brings what runs in line with what the rows say. */
function follow(needs: MailLoopNeeds, running: Map<ChannelId, Running>, accounts: ClaimedAccount[]): void {
  const wanted = new Map(accounts.map((account) => [account.channelId, account]));
  for (const [channelId, now] of running) {
    const account = wanted.get(channelId);
    if (account === undefined || fingerprintOf(account) !== now.fingerprint) void now.reader.stop();
    if (account === undefined && now.isOver) running.delete(channelId);
  }
  let starts = 0;
  for (const account of accounts.filter(({ isDue }) => isDue)) {
    const now = running.get(account.channelId);
    if (now !== undefined && !now.isOver) {
      now.reader.poke();
    } else if (starts < STARTS_PER_TICK) {
      starts += 1;
      running.set(account.channelId, start(needs, account, now?.suspects ?? new Map()));
    }
  }
}

function start(needs: MailLoopNeeds, account: ClaimedAccount, suspects: Suspects): Running {
  const reader = readAccount(needs, account, suspects);
  const now: Running = { reader, fingerprint: fingerprintOf(account), suspects, isOver: false };
  const over = () => {
    now.isOver = true;
  };
  reader.ended.then(over, (error: unknown) => {
    log.error({ error: String(error) }, 'reading of a mail account ended badly');
    over();
  });
  return now;
}

const fingerprintOf = ({ imap, secret, accountNo }: ClaimedAccount) =>
  JSON.stringify([imap, secret, accountNo]);
