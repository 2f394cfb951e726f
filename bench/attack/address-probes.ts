import { hostname } from 'node:os';
import type { Ground } from './ground.ts';
import { type Answer, brief } from './http.ts';
import { expectHonest, listOfProbes } from './probe.ts';

const { probe, probes } = listOfProbes('addresses that a person or a letter names');
export const addressProbes = probes;

type DoorKind = 'imap' | 'smtp';
const REFUSED = new Set(['not_allowed_address', 'host_not_found']);

const door = (host: string, port: number) => ({
  host,
  port,
  security: 'none',
  verifyCertificate: false,
  user: 'x',
  password: 'x',
});

const accountOf = (kind: DoorKind, host: string, port: number) =>
  kind === 'imap'
    ? { imap: { ...door(host, port), folders: ['INBOX'] }, smtp: null }
    : { imap: null, smtp: door(host, port) };

/** Tries a mail account at that host; the trap tells whether a line was opened. */
async function tryHost({ people: { owner }, trap }: Ground, kind: DoorKind, host: string) {
  const before = trap.lines();
  const account = accountOf(kind, host, trap.port);
  const answer: Answer = await owner.ask('POST', '/channels/try', { account });
  expectHonest(answer.status === 200 || answer.status === 400, brief(answer));
  const code = String(answer.json?.[kind]?.code ?? answer.json?.code);
  const isHole = trap.lines() !== before || (answer.status === 200 && !REFUSED.has(code));
  return { heard: `${code}, ${trap.lines() - before} lines opened`, isHole };
}

const inner: [name: string, host: string][] = [
  ['loopback', '127.0.0.1'],
  ['another loopback', '127.1.2.3'],
  ['loopback cut short', '127.1'],
  ['loopback as one number', '2130706433'],
  ['loopback in hexadecimal', '0x7f000001'],
  ['loopback in mixed hexadecimal', '0x7f.0.0.1'],
  ['loopback in octal', '0177.0.0.01'],
  ['loopback by its name', 'localhost'],
  ['loopback by its name with a dot', 'LocalHost.'],
  ['the unspecified address', '0.0.0.0'],
  ['zero', '0'],
  ['loopback in IPv6', '::1'],
  ['loopback in IPv6, bracketed', '[::1]'],
  ['loopback in IPv6, written out', '0:0:0:0:0:0:0:1'],
  ['the unspecified address in IPv6', '::'],
  ['loopback mapped into IPv6', '::ffff:127.0.0.1'],
  ['loopback mapped, in hexadecimal', '::ffff:7f00:1'],
  ['loopback behind NAT64', '64:ff9b::7f00:1'],
  ['loopback inside 6to4', '2002:7f00:1::'],
  ['a cloud’s metadata', '169.254.169.254'],
  ['a cloud’s metadata in IPv6', 'fd00:ec2::254'],
  ['a cloud’s metadata by name', 'metadata.google.internal'],
  ['the network 10/8', '10.0.0.1'],
  ['the network 172.16/12', '172.16.0.1'],
  ['the network 192.168/16', '192.168.0.1'],
  ['the carrier’s network', '100.64.0.1'],
  ['a local network of IPv6', 'fc00::1'],
  ['a link of IPv6', 'fe80::1%lo'],
  ['a link of IPv6 without a zone', 'fe80::1'],
  ['multicast', '224.0.0.1'],
  ['this machine by its own name', hostname()],
];
for (const [name, host] of inner) {
  probe(
    `an IMAP account at ${name} (${host})`,
    'a line is opened, or the answer tells what listens there',
    async (ground) => ({
      sent: `POST /channels/try imap ${host}`,
      ...(await tryHost(ground, 'imap', host)),
    }),
  );
}
for (const host of ['127.0.0.1', 'localhost', '::ffff:127.0.0.1', '2130706433', '169.254.169.254', '[::1]']) {
  probe(
    `an SMTP account at ${host}`,
    'a line is opened, or the answer tells what listens there',
    async (ground) => ({
      sent: `POST /channels/try smtp ${host}`,
      ...(await tryHost(ground, 'smtp', host)),
    }),
  );
}

probe(
  'a host name with more in it',
  'a name with signs of its own reaches a command or a header',
  async ({ people: { owner }, trap }) => {
    const before = trap.lines();
    const hosts = [
      '127.0.0.1\r\nX',
      `localhost:${trap.port}`,
      `user@localhost`,
      'localhost#.evil.example',
      'http://127.0.0.1/',
      'localhost\0.example',
      '$(id)',
      'a b',
    ];
    const answers = await Promise.all(
      hosts.map((host) =>
        owner.ask('POST', '/channels/try', { account: accountOf('imap', host, trap.port) }),
      ),
    );
    const codes = answers.map(({ json, status }) => String(json?.imap?.code ?? json?.code ?? status));
    const isHole =
      trap.lines() !== before ||
      answers.some(({ status }) => status >= 500) ||
      answers.some(({ json, status }) => status === 200 && !REFUSED.has(json.imap.code));
    return { sent: hosts.join(' '), heard: codes.join(', '), isHole };
  },
);

probe(
  'an account kept with an inner address',
  'the house connects once the account is kept and polled',
  async ({ people: { owner, mailboxId }, trap }) => {
    const before = trap.lines();
    const account = {
      imap: accountOf('imap', '127.0.0.1', trap.port).imap,
      smtp: accountOf('smtp', 'localhost', trap.port).smtp,
    };
    const added = await owner.ask('POST', '/channels', { mailboxId, account });
    if (added.status === 200) {
      await owner.ask('POST', `/channels/${added.json.id}/poll`, {});
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      await owner.ask('PUT', `/channels/${added.json.id}`, { account, off: true });
    }
    return {
      sent: 'POST /channels, poll',
      heard: `${brief(added)}; ${trap.lines() - before} lines opened`,
      isHole: trap.lines() !== before,
    };
  },
);

probe(
  'the first page tries an inner address',
  'a line is opened without a sign-in',
  async ({ people: { nobody }, trap }) => {
    const before = trap.lines();
    const answer = await nobody.ask('POST', '/setup/try', {
      code: 'AAAA-AAAA',
      account: accountOf('imap', '127.0.0.1', trap.port),
    });
    return {
      sent: 'POST /setup/try after the set-up',
      heard: brief(answer),
      isHole: answer.status === 200 || trap.lines() !== before,
    };
  },
);

const PICTURES = 9;
for (let number = 1; number <= PICTURES; number += 1) {
  probe(
    `a letter’s picture ${number} from inside`,
    'the house opens a line to the inner machine, or hands on what is no picture',
    async ({ people: { member }, letters, trap }) => {
      const picture = letters.pictures[number];
      const honest = await member.ask('GET', `/messages/${letters.open.messageId}/remote/0`);
      expectHonest(honest.status === 200, brief(honest));
      const before = trap.lines();
      const answer = await member.ask('GET', `/messages/${letters.open.messageId}/remote/${number}`);
      return {
        sent: `${picture?.what}: ${picture?.address}`,
        heard: `${brief(answer)}; ${trap.lines() - before} lines opened`,
        isHole: trap.lines() !== before || answer.status === 200,
      };
    },
  );
}
