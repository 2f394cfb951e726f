import { sendBySmtp } from '../../channels/email/smtp-out.ts';
import { type Config, newId } from '../../platform/index.ts';
import { MAILBOXES } from '../company.ts';
import type { KeptLetter } from '../diary.ts';
import { demoAddressUnfit, demoLetterNotTaken } from '../errors.ts';
import { htmlOf } from '../letter/correspondence.ts';
import { writeLetter } from '../letter/write-letter.ts';

/** What a person types on the page of the customers. */
export interface CustomersWords {
  customer: string;
  name: string;
  to: string;
  subject: string;
  text: string;
}

const ADDRESS = /^[^\s<>@",:;()\\]+@[^\s<>@",:;()\\]+$/u;
/** Listening everywhere means that loopback reaches it as well. */
const EVERYWHERE = new Set(['0.0.0.0', '::', '']);

/**
 * Writes and delivers a customer's letter to our own door, by SMTP like any other.
 *
 * @param answers the letter that it answers, or null
 * @throws demoAddressUnfit, and demoLetterNotTaken with the door's own words
 */
export async function writeAsCustomer(
  config: Pick<Config, 'smtpHost' | 'smtpPort'>,
  { customer, name, to, subject, text }: CustomersWords,
  answers: KeptLetter | null,
): Promise<KeptLetter> {
  for (const address of [customer, to]) if (!ADDRESS.test(address)) throw demoAddressUnfit({ address });
  const at = new Date();
  const said = answers === null ? text : `${text}\n\n${quoteOf(answers)}`;
  const references = answers === null ? [] : [...answers.references, answers.id];
  const id = `${newId<string>()}${customer.slice(customer.lastIndexOf('@'))}`;
  const bytes = writeLetter({
    messageId: id,
    at,
    from: { name, address: customer },
    to: [{ name: nameOf(to), address: to }],
    subject,
    text: `${said}\n`,
    html: htmlOf(said),
    files: [],
    inReplyTo: answers?.id ?? null,
    references,
    charset: 'utf-8',
    headers: [],
  });
  await deliver(config, { customer, to, bytes });
  const from = name === '' ? customer : `${name} <${customer}>`;
  const shownTo = nameOf(to) === '' ? to : `${nameOf(to)} <${to}>`;
  return {
    id,
    customer,
    direction: 'sent',
    from,
    to: shownTo,
    subject,
    text: said,
    at: at.toISOString(),
    references,
  };
}

const nameOf = (to: string): string =>
  MAILBOXES.find(({ address }) => address === to.toLowerCase())?.senderName ?? '';

interface OnItsWay {
  customer: string;
  to: string;
  bytes: Buffer;
}

async function deliver(
  { smtpHost, smtpPort }: Pick<Config, 'smtpHost' | 'smtpPort'>,
  { customer, to, bytes }: OnItsWay,
): Promise<void> {
  if (smtpPort === 0) throw demoLetterNotTaken({ reply: 'MADOGUCHI_SMTP_PORT=0' });
  const host = EVERYWHERE.has(smtpHost) ? '127.0.0.1' : smtpHost;
  const outcome = await sendBySmtp(
    {
      door: { host, port: smtpPort, security: 'opportunistic', verifyCertificate: false, user: '' },
      address: { address: host, family: host.includes(':') ? 6 : 4 },
      secret: null,
      name: 'world.example',
    },
    // The workspace and mailbox matter only for our own ways out.
    { workspaceId: newId(), mailboxId: null, envelopeFrom: customer, envelopeTo: [to], bytes },
  );
  if (outcome.kind !== 'accepted') throw demoLetterNotTaken({ reply: outcome.reply });
}

const two = (n: number) => String(n).padStart(2, '0');

/** As mail programs do: when and who, then the lines behind >. */
function quoteOf({ at, from, text }: KeptLetter): string {
  const local = new Date(new Date(at).getTime() + 9 * 3_600_000);
  const day = '日月火水木金土'.charAt(local.getUTCDay());
  const when = `${local.getUTCFullYear()}年${local.getUTCMonth() + 1}月${local.getUTCDate()}日(${day}) ${local.getUTCHours()}:${two(local.getUTCMinutes())}`;
  return `${when} ${from}:\n\n${text.trimEnd().replace(/^/gmu, '> ').replace(/^> $/gmu, '>')}`;
}
