import type { DovecotServer } from '../../e2e/servers/dovecot.ts';
import type { EximServer } from '../../e2e/servers/exim.ts';
import { allPages } from '../house/all-pages.ts';
import type { AccountFolder } from '../house/imap-accounts.ts';
import { must } from '../house/must.ts';
import type { House } from '../house/start-house.ts';
import { until } from '../house/until.ts';
import { readLedgers } from './read-house.ts';

const TAKEN_WITHIN = 15 * 60_000;
const TELL_EVERY = 20_000;

/** A mail account of a shared mailbox, and the mailbox's other addresses. */
export type MailAccounts = readonly (AccountFolder & { aliases: readonly string[] })[];

interface Servers {
  dovecot: DovecotServer;
  exim: EximServer;
  accounts: MailAccounts;
}

/** Gives each shared mailbox its aliases and its mail account, over the API. */
export async function openAccounts(
  house: House,
  { dovecot, exim, accounts }: Servers,
): Promise<{ mailboxId: string }[]> {
  const mailboxes = await allPages(house, '/mailboxes');
  const opened: { mailboxId: string }[] = [];
  for (const { user, folder, aliases } of accounts) {
    const {
      id,
      memberIds: _members,
      canSend: _can,
      off: _off,
      ...facts
    } = mailboxes.find(({ address }) => address === user);
    await must(house, 'PUT', `/mailboxes/${id}`, { ...facts, aliases });
    const door = { host: '127.0.0.1', security: 'none', verifyCertificate: false };
    const account = {
      imap: { ...door, port: dovecot.port, user, password: dovecot.password, folders: [folder] },
      smtp: { ...door, port: exim.port, user, password: exim.password },
    };
    await must(house, 'POST', '/channels', { mailboxId: id, account });
    opened.push({ mailboxId: id });
  }
  return opened;
}

export async function pollAll(house: House): Promise<void> {
  for (const { id, kind } of await readLedgers(house)) {
    if (kind === 'mail_account') await must(house, 'POST', `/channels/${id}/poll`);
  }
}

/** Waits until the doors together have seen so many letters and none waits. */
export async function allTaken(house: House, count: number, say: (line: string) => void): Promise<void> {
  let told = Date.now();
  await until(
    `${count} letters to be taken in`,
    async () => {
      const ledgers = (await readLedgers(house)).map(({ ledger }) => ledger);
      const sum = (field: 'seen' | 'waiting') => ledgers.reduce((all, ledger) => all + ledger[field], 0);
      if (Date.now() - told > TELL_EVERY) {
        told = Date.now();
        say(`seen ${sum('seen')} of ${count}, ${sum('waiting')} wait`);
      }
      return sum('seen') >= count && sum('waiting') === 0;
    },
    TAKEN_WITHIN,
  );
  say(`${count} letters are taken in`);
}
