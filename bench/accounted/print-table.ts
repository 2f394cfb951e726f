import type { DovecotServer } from '../../e2e/servers/dovecot.ts';
import { listFlags } from '../house/imap-accounts.ts';
import type { House } from '../house/start-house.ts';
import type { Settled } from './compare.ts';
import type { MailAccounts } from './house-accounts.ts';
import { readLedgers } from './read-house.ts';

interface Facts {
  house: House;
  dovecot: DovecotServer;
  accounts: MailAccounts;
  settled: readonly Settled[];
  /** Letters of ours that were bounced. */
  bounces: { truth: number; house: number };
}

/** What the mail server has, what the house's ledger says, and what the truth expects. */
export async function printTable({ house, dovecot, accounts, settled, bounces }: Facts): Promise<void> {
  const listed = new Map<string, number>();
  for (const account of accounts) listed.set(account.user, (await listFlags(dovecot, account)).size);
  const ledgers = await readLedgers(house);
  const rows = ledgers.map(({ kind, user, address, ledger }) => ({
    door: `${kind} ${address}`,
    server: user === null ? '-' : (listed.get(user) ?? 0),
    ...ledger,
  }));
  console.table(rows);
  const inTruth = new Set(settled.map(({ letter }) => letter.copies)).size;
  console.table({
    'put in': { truth: settled.length, house: settled.filter(({ kept }) => kept !== null).length },
    'different letters': { truth: inTruth, house: count(settled, 'message') + count(settled, 'quarantined') },
    duplicates: { truth: settled.length - inTruth, house: count(settled, 'duplicate') },
    'bounces attached': bounces,
  });
}

const count = (settled: readonly Settled[], fate: Settled['fate']) =>
  settled.filter((one) => one.fate === fate).length;
