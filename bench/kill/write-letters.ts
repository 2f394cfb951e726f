import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import type { DovecotServer } from '../../e2e/servers/dovecot.ts';
import { type AccountFolder, putIn } from '../house/imap-accounts.ts';

const AGAIN_AFTER = 300;
const WRITERS = 4;

/** The customers: each letter is handed over again until somebody says 250. */
export interface Writers {
  /** Lets the letters with these numbers leave: odd ones by SMTP, even ones into the IMAP account. */
  write(numbers: readonly number[]): void;
  /** Waits until every letter was taken. */
  done(): Promise<void>;
  /** Attempts that got no 250. */
  repeats(): number;
}

export interface Way {
  smtpPort: number;
  dovecot: DovecotServer;
  account: AccountFolder;
}

export const messageIdOf = (n: number) => `kill-${n}@customer.example`;
export const subjectOf = (n: number) => `お問い合わせ ${n}`;

function letterOf(n: number, to: string): Buffer {
  const subject = `=?UTF-8?B?${Buffer.from(subjectOf(n)).toString('base64')}?=`;
  const head = [
    `From: customer-${n}@customer.example`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${messageIdOf(n)}>`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ];
  const text = Buffer.from(`${n} 番目のお問い合わせです。\r\n`).toString('base64');
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}\r\n`);
}

export function openWriters({ smtpPort, dovecot, account }: Way): Writers {
  // A line for each letter: one that is kept open would hide that the door went away.
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true });
  const bySmtp: number[] = [];
  const byImap: number[] = [];
  let repeats = 0;
  let isLast = false;

  async function hand(n: number): Promise<void> {
    const envelope = { from: `customer-${n}@customer.example`, to: [account.user] };
    for (;;) {
      try {
        await transport.sendMail({ envelope, raw: letterOf(n, account.user) });
        return;
      } catch {
        repeats += 1;
        await sleep(AGAIN_AFTER);
      }
    }
  }
  async function handAll(): Promise<void> {
    while (!isLast || bySmtp.length > 0) {
      const n = bySmtp.shift();
      await (n === undefined ? sleep(AGAIN_AFTER) : hand(n));
    }
  }
  async function appendAll(): Promise<void> {
    while (!isLast || byImap.length > 0) {
      const some = byImap.splice(0);
      await putIn(
        dovecot,
        account,
        some.map((n) => letterOf(n, account.user)),
      );
      await sleep(AGAIN_AFTER);
    }
  }
  const all = Promise.all([appendAll(), ...Array.from({ length: WRITERS }, handAll)]);
  return {
    write(numbers) {
      for (const n of numbers) (n % 2 === 1 ? bySmtp : byImap).push(n);
    },
    async done() {
      isLast = true;
      await all;
    },
    repeats: () => repeats,
  };
}
