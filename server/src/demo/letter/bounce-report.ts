import { DOMAIN } from '../company.ts';
import type { WrittenLetter } from './correspondence.ts';

interface Bounced {
  of: WrittenLetter;
  recipient: string;
  at: Date;
  id: string;
}

/** A delivery report of the standard kind (RFC 3464): a full mailbox at the far side. */
export function bounceReport({ of, recipient, at, id }: Bounced): WrittenLetter {
  const boundary = `=_report_${id}`;
  const from = { name: 'Mail Delivery System', address: `MAILER-DAEMON@relay.example` };
  const subject = 'Undelivered Mail Returned to Sender';
  const text = `I'm sorry to have to inform you that your message could not be delivered.\n\n<${recipient}>: host mx.full-box.example said: 552 5.2.2 Mailbox is full\n`;
  const head = of.bytes.toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
  const lines = [
    `From: ${from.name} <${from.address}>`,
    `To: ${of.from.address}`,
    `Subject: ${subject}`,
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@relay.example>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status;\r\n boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    text.replaceAll('\n', '\r\n'),
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; relay.example`,
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.2.2',
    'Diagnostic-Code: smtp; 552 5.2.2 Mailbox is full',
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    head,
    '',
    `--${boundary}--`,
    '',
  ];
  return {
    messageId: `${id}@relay.example`,
    at,
    from,
    to: [{ name: '', address: `order@${DOMAIN}` }],
    subject,
    text,
    html: null,
    files: [],
    inReplyTo: null,
    references: [],
    charset: 'utf-8',
    headers: [],
    runs: [{ kind: 'new', text }],
    bytes: Buffer.from(lines.join('\r\n'), 'latin1'),
  };
}
