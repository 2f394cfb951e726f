import type { ImapFlow } from 'imapflow';
import { type ParsedMail, simpleParser } from 'mailparser';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { asOtherClient } from '../mail/mail-ground.ts';
import type { DovecotServer } from '../servers/dovecot.ts';
import type { EximServer } from '../servers/exim.ts';
import { happened } from './timed.ts';

/** Someone outside, with a mail program of his own: he sends by Exim and reads his Dovecot mailbox. */
export interface Customer {
  name: string;
  address: string;
  /** @returns the Message-ID */
  write(letter: SendMailOptions): Promise<string>;
  /** Everything in his mailbox, in the order of arrival. */
  letters(): Promise<ParsedMail[]>;
  /** Waits for a letter that is so. */
  gets(what: string, isIt: (letter: ParsedMail) => boolean): Promise<ParsedMail>;
}

/** A customer's mailbox is there as soon as he is named. */
export function aCustomer(
  { dovecot, exim }: { dovecot: DovecotServer; exim: EximServer },
  name: string,
  address: string,
): Customer {
  const letters = () => lettersIn(dovecot, address);
  return {
    name,
    address,
    letters,
    async write(letter) {
      const transport = createTransport({ host: '127.0.0.1', port: exim.port, ignoreTLS: true });
      const { messageId } = await transport.sendMail({ from: { name, address }, ...letter });
      transport.close();
      return messageId;
    },
    gets: (what, isIt) => happened(`${name} gets ${what}`, async () => (await letters()).find(isIt)),
  };
}

const lettersIn = (dovecot: DovecotServer, address: string): Promise<ParsedMail[]> =>
  asOtherClient(
    dovecot,
    async (client: ImapFlow) => {
      const box = await client.mailboxOpen('INBOX', { readOnly: true });
      if (box.exists === 0) return [];
      const sources = await client.fetchAll('1:*', { source: true });
      return Promise.all(sources.map(({ source }) => simpleParser(source ?? Buffer.alloc(0))));
    },
    address,
  );
