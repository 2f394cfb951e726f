import { expect, test } from 'vitest';
import type { RecogniseFacts } from './facts.ts';
import { recognise } from './recognise.ts';

const letter = (headers: Record<string, string>, more: Partial<RecogniseFacts> = {}): RecogniseFacts => ({
  fields: Object.entries(headers).map(([name, value]) => ({ name, value })),
  type: 'text/plain',
  parameters: {},
  from: [{ name: 'Hanako', address: 'hanako@customer.example' }],
  subject: headers.subject ?? 'Re: order',
  returnPath: 'hanako@customer.example',
  text: 'hello',
  reports: [],
  ...more,
});

test.each([
  [{}, 'message'],
  [{ 'auto-submitted': 'no' }, 'message'],
  [{ 'auto-submitted': 'auto-replied (vacation)' }, 'auto_reply'],
  [{ 'auto-submitted': 'auto-generated' }, 'message'],
  [{ 'auto-submitted': 'auto-generated', subject: 'Automatic reply: order' }, 'auto_reply'],
  [{ 'x-auto-response-suppress': 'All' }, 'message'],
  [{ 'x-auto-response-suppress': 'All', subject: '自動応答: 不在' }, 'auto_reply'],
  [{ 'x-autoreply': 'yes' }, 'auto_reply'],
  [{ precedence: 'auto_reply' }, 'auto_reply'],
  [{ subject: '自動返信: ご注文' }, 'message'],
  [{ 'list-id': '<news.shop.example>' }, 'list'],
  [{ precedence: 'bulk' }, 'list'],
] as const)('%j is a %s', (headers, kind) => {
  expect(recognise(letter(headers)).kind).toBe(kind);
});

test('a list that carries an answering machine is the machine', () => {
  expect(recognise(letter({ 'list-id': '<l.example>', 'auto-submitted': 'auto-replied' })).kind).toBe(
    'auto_reply',
  );
});

test('the facts for loop limits are kept whatever the kind', () => {
  const { autoHeaders } = recognise(
    letter(
      {
        'auto-submitted': 'Auto-Generated; x',
        precedence: 'Bulk',
        'list-id': 'News <News.Shop.Example>',
        'x-loop': 'A@x.example',
      },
      { returnPath: '' },
    ),
  );
  expect(autoHeaders).toMatchObject({
    autoSubmitted: 'auto-generated',
    precedence: 'bulk',
    listId: 'news.shop.example',
    loop: ['a@x.example'],
    emptyReturnPath: true,
  });
});

const status = (...blocks: string[]): RecogniseFacts =>
  letter(
    {},
    {
      type: 'multipart/report',
      parameters: { 'report-type': 'delivery-status' },
      from: [{ name: '', address: 'MAILER-DAEMON@mail.shop.example' }],
      reports: [
        {
          type: 'message/delivery-status',
          text: ['Reporting-MTA: dns; mail.shop.example', ...blocks].join('\n\n'),
        },
        { type: 'text/rfc822-headers', text: 'To: x@x.example\nMessage-ID:\n <sent@shop.example>\n' },
      ],
    },
  );

test('each recipient of a report has its own fate', () => {
  const { bounce } = recognise(
    status(
      'Final-Recipient: rfc822; one@x.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown',
      'Final-Recipient: rfc822;two@x.example\nAction: delayed\nStatus: 4.4.1',
      'Original-Recipient: rfc822; three@x.example\nFinal-Recipient: rfc822; three\nAction: delivered\nStatus: 2.0.0',
    ),
  );
  expect(bounce?.originalMessageId).toBe('sent@shop.example');
  expect(bounce?.recipients).toMatchObject([
    { address: 'one@x.example', action: 'failed', status: '5.1.1', reason: 'userunknown', hard: true },
    { address: 'two@x.example', action: 'delayed', status: '4.4.1', reason: 'expired', hard: false },
    { address: 'three@x.example', action: 'delivered', reason: 'delivered', hard: false },
  ]);
});

test('a precise code in the words is better than a vague one in the field', () => {
  const { bounce } = recognise(
    status(
      'Final-Recipient: rfc822; a@x.example\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 552 5.2.2 no room',
    ),
  );
  expect(bounce?.recipients[0]).toMatchObject({ status: '5.2.2', reason: 'mailboxfull' });
});

test('a report that names nobody is about those to whom the letter went', () => {
  const { bounce } = recognise({ ...status(), subject: 'Undelivered Mail Returned to Sender' });
  expect(bounce?.recipients[0]?.address).toBe('x@x.example');
});

test('a customer who writes about a failed delivery has not bounced', () => {
  const text =
    'Your mail to me was returned: 550 5.1.1 user unknown <hanako@customer.example>. Delivery failed!';
  expect(recognise(letter({ subject: 'Re: Delivery failed' }, { text })).kind).toBe('message');
});
