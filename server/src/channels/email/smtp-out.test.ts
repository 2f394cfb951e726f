import type { WorkspaceId } from '@madoguchi/contract';
import { afterEach, expect, test } from 'vitest';
import { newId } from '../../platform/index.ts';
import type { LetterOut, SendOutcome } from '../channel.ts';
import { type SmtpTarget, sendBySmtp } from './smtp-out.ts';
import { type Script, type ScriptedServer, scriptedServer } from './testing/talk.ts';

let server: ScriptedServer | null = null;
afterEach(() => server?.close());

const letter: LetterOut = {
  workspaceId: newId<WorkspaceId>(),
  mailboxId: null,
  envelopeFrom: 'order@komorebi.example',
  envelopeTo: ['yamada@customer.example'],
  bytes: Buffer.from('Subject: hi\r\n\r\n.dot\r\nこんにちは\r\n'),
};

/** A server that takes everything, but for what the test says otherwise. */
async function offer(
  answers: Record<string, string | null>,
  given: Partial<LetterOut> = {},
  greeting = '220 mx',
) {
  const script: Script = (heard, isInBody) => {
    const verb = isInBody ? (heard === '.' ? '.' : 'body') : (heard.split(/[ :]/)[0]?.toUpperCase() ?? '');
    const key = Object.keys(answers).find((name) => name === verb || heard === name);
    if (key !== undefined) return answers[key] ?? null;
    return (
      { DATA: '354 go on', EHLO: '250-mx\r\n250 SIZE 1000000', QUIT: '221 bye', body: '' }[verb] ??
      '250 2.0.0 ok'
    );
  };
  server = await scriptedServer(greeting, script);
  return sendBySmtp(target(server.port), { ...letter, ...given });
}

function target(port: number, over: Partial<SmtpTarget['door']> = {}): SmtpTarget {
  const door = {
    host: 'relay.example',
    port,
    security: 'none',
    verifyCertificate: true,
    user: 'order',
    ...over,
  };
  return {
    door: door as SmtpTarget['door'], // The spread widens "none" to a string.
    address: { address: '127.0.0.1', family: 4 },
    secret: null,
    name: 'shop.example',
    timeouts: { connectMs: 2_000, greetingMs: 500, silenceMs: 500, totalMs: 5_000 },
  };
}

const kindOf = (outcome: SendOutcome) => outcome.kind;

test('a letter that is taken keeps the server’s own reply, and goes out byte for byte', async () => {
  const outcome = await offer({ '.': '250 2.0.0 Ok: queued as 4bWxYz' });

  expect(outcome).toEqual({ kind: 'accepted', reply: '250 2.0.0 Ok: queued as 4bWxYz', failed: [] });
  const heard = server?.heard ?? [];
  const body = heard.slice(heard.indexOf('DATA') + 1, heard.indexOf('.'));
  expect(Buffer.from(body.join('\r\n'), 'latin1').toString()).toBe('Subject: hi\r\n\r\n..dot\r\nこんにちは');
  expect(heard).toContain('MAIL FROM:<order@komorebi.example> SIZE=38');
});

test.each([
  ['a greeting that refuses', {}, '554 no service'],
  ['MAIL FROM put off', { MAIL: '451 4.3.0 later' }, '220 mx'],
  ['the only recipient put off', { RCPT: '450 4.2.0 greylisted' }, '220 mx'],
  ['DATA put off', { DATA: '421 4.3.2 closing' }, '220 mx'],
  ['the letter put off after its end', { '.': '452 4.3.1 disk full' }, '220 mx'],
  ['the line cut before the body', { RCPT: null }, '220 mx'],
  ['the line cut instead of the go-ahead', { DATA: null }, '220 mx'],
  ['silence before the body', { MAIL: '' }, '220 mx'],
])('%s is deferred: nobody has it', async (_what, answers, greeting) => {
  expect(kindOf(await offer(answers, {}, greeting))).toBe('deferred');
});

test('a server that is not there is deferred', async () => {
  await offer({});
  const gone = target(server?.port ?? 0);
  await server?.close();
  server = null;

  expect(await sendBySmtp(gone, letter)).toMatchObject({ kind: 'deferred', reply: /ECONNREFUSED/ });
});

test.each([
  ['MAIL FROM', { MAIL: '553 5.7.1 not your address' }],
  ['DATA', { DATA: '554 5.7.1 no' }],
  ['the letter itself', { '.': '550 5.7.1 looks like spam' }],
])('5xx to %s is refused, in the server’s words', async (_what, answers) => {
  expect(await offer(answers)).toMatchObject({ kind: 'refused', reply: Object.values(answers)[0] });
});

test('a letter larger than the server takes is refused without being sent', async () => {
  expect(kindOf(await offer({}, { bytes: Buffer.alloc(1_000_001, 'x') }))).toBe('refused');
  expect(server?.heard.some((line) => line.startsWith('MAIL'))).toBe(false);
});

test.each([
  ['the line dies', null],
  ['the server falls silent', ''],
  ['the server answers what is no reply', 'what?'],
])('%s after the last dot: unknown, never to be sent again blindly', async (_what, answer) => {
  expect(kindOf(await offer({ '.': answer }))).toBe('unknown');
});

test('a long letter whose line dies in the middle is deferred: its end never went out', async () => {
  const bytes = Buffer.alloc(20_000_000, `${'x'.repeat(70)}\r\n`);
  const outcome = await offer({ body: null, EHLO: '250 mx' }, { bytes });

  expect(kindOf(outcome)).toBe('deferred');
});

test('of three recipients the refused and the put-off one are told, and the letter is accepted', async () => {
  const envelopeTo = ['a..b@docomo.example', 'gone@customer.example', 'later@customer.example'];
  const outcome = await offer(
    {
      'RCPT TO:<gone@customer.example>': '550 5.1.1 unknown',
      'RCPT TO:<later@customer.example>': '451 4.2.1 later',
    },
    { envelopeTo },
  );

  expect(outcome).toMatchObject({
    kind: 'accepted',
    failed: [
      { address: 'gone@customer.example', reason: '5.1.1', isTemporary: false },
      { address: 'later@customer.example', reason: '4.2.1', isTemporary: true },
    ],
  });
});

test('all recipients refused is refused, each with its reply and in the form that we knew it', async () => {
  const outcome = await offer({ RCPT: '550 5.1.1 unknown' }, { envelopeTo: ['a..b@docomo.example'] });

  expect(outcome).toMatchObject({
    kind: 'refused',
    failed: [{ address: 'a..b@docomo.example', reason: '5.1.1' }],
  });
});

test('an address that RFC 5321 allows only in quotes reaches RCPT TO in quotes', async () => {
  await offer({}, { envelopeTo: ['a..b@docomo.example', 'c.@ezweb.example', '"d..e"@docomo.example'] });

  expect(server?.heard.filter((line) => line.startsWith('RCPT'))).toEqual([
    'RCPT TO:<"a..b"@docomo.example>',
    'RCPT TO:<"c."@ezweb.example>',
    'RCPT TO:<"d..e"@docomo.example>',
  ]);
});

test('a refused sign-in is about the account: the letter waits', async () => {
  server = await scriptedServer('220 mx', (heard) =>
    heard.startsWith('EHLO') ? '250-mx\r\n250 AUTH PLAIN' : '535 5.7.8 wrong password',
  );
  const signingIn = { ...target(server.port), secret: { password: 'wrong' } };

  expect(await sendBySmtp(signingIn, letter)).toMatchObject({
    kind: 'deferred',
    reply: '535 5.7.8 wrong password',
  });
});

test('an access token is shown by XOAUTH2', async () => {
  server = await scriptedServer('220 mx', (heard) => {
    if (heard.startsWith('EHLO')) return '250-mx\r\n250 AUTH XOAUTH2 PLAIN';
    return heard.startsWith('AUTH') ? '235 ok' : '550 enough';
  });
  await sendBySmtp({ ...target(server.port), secret: { accessToken: 'ya29.token' } }, letter);

  const said = /AUTH XOAUTH2 (\S+)/.exec(server.heard.join('\n'))?.[1] ?? '';
  expect(Buffer.from(said, 'base64').toString()).toContain('user=order\u0001auth=Bearer ya29.token');
});

test('where STARTTLS is demanded and not offered, nothing is said in the clear', async () => {
  server = await scriptedServer('220 mx', (heard) => (heard.startsWith('EHLO') ? '250 mx' : '502 no'));
  const secured = { ...target(server.port, { security: 'starttls' }), secret: { password: 'himitsu' } };

  expect(kindOf(await sendBySmtp(secured, letter))).toBe('deferred');
  expect(server.heard.join('\n')).not.toMatch(/AUTH|MAIL/);
});
