import type { WorkspaceId } from '@madoguchi/contract';
import { type Channels, type SendOutcome, systemSender } from '../channels/index.ts';
import { type Config, newId } from '../platform/index.ts';
import { plainLetter } from './plain-letter.ts';

export interface HouseLetter {
  workspaceId: WorkspaceId;
  /** Whose house it is: the name beside the sender's address. */
  company: string;
  to: { name: string; address: string };
  subject: string;
  /** Plain text. */
  text: string;
}

/**
 * Sends a letter of the house itself, by its own way out (MADOGUCHI_SYSTEM_SMTP). It is kept nowhere: it may
 * carry a secret. Repeating it, or not, is the caller's to decide by the outcome.
 */
export function sendHouseLetter(
  { channels, config }: { channels: Channels; config: Pick<Config, 'systemSmtp' | 'url'> },
  { workspaceId, company, to, subject, text }: HouseLetter,
): Promise<SendOutcome> {
  const sender = systemSender(config);
  const bytes = plainLetter({
    from: { name: company, address: sender },
    to,
    subject,
    text,
    messageId: `${newId<string>()}@${sender.slice(sender.lastIndexOf('@') + 1)}`,
    date: new Date(),
  });
  return channels.send({
    workspaceId,
    mailboxId: null,
    envelopeFrom: sender,
    envelopeTo: [to.address],
    bytes,
  });
}
