import { ORDER } from './ground.ts';
import { expectHonest, listOfProbes } from './probe.ts';
import { begin, oneOf, withLine } from './smtp-talk.ts';

const { probe, probes } = listOfProbes('the SMTP door: letters for others');
export const smtpRelayProbes = probes;

const relays: [name: string, addresses: string[]][] = [
  ['to a stranger', ['victim@evil.example', 'victim@komorebi.example.evil.example']],
  ['by a percent sign', ['victim%evil.example@komorebi.example', 'victim%evil.example']],
  [
    'by a source route',
    ['@komorebi.example:victim@evil.example', '@komorebi.example,@x.example:victim@evil.example'],
  ],
  [
    'by quotes',
    ['"victim@evil.example"@komorebi.example', '"victim@evil.example"', `"${ORDER}"@evil.example`],
  ],
  [
    'by an exclamation mark',
    ['evil.example!victim@komorebi.example', 'komorebi.example!evil.example!victim'],
  ],
  ['by an address literal', ['victim@[127.0.0.1]', 'order@[127.0.0.1]', 'postmaster@[127.0.0.1]']],
  [
    'by two addresses in one',
    [`${ORDER}>,<victim@evil.example`, `${ORDER} victim@evil.example`, `${ORDER}\0@evil.example`],
  ],
  [
    'by a program or a file',
    [
      '|/bin/sh@komorebi.example',
      '"|id"@komorebi.example',
      '/etc/passwd@komorebi.example',
      'root@localhost',
      'root',
    ],
  ],
];
for (const [how, addresses] of relays) {
  probe(
    `a letter passed on ${how}`,
    'a recipient who is no mailbox of ours is accepted',
    async (ground, from) => {
      const left = ground.relay.taken.length;
      const answers = await withLine(ground, from, async (line) => {
        await begin(line);
        const found: string[] = [];
        for (const address of addresses) found.push(await line.say(`RCPT TO:<${address}>\r\n`));
        return found;
      });
      const isHole =
        answers.some((answer) => answer.startsWith('2')) ||
        ground.relay.taken.some(({ rcptTo }, at) => at >= left && rcptTo.some((one) => /evil/.test(one)));
      return { sent: addresses.join(' '), heard: oneOf(answers), isHole };
    },
  );
}

probe(
  'a letter passed on for the empty sender',
  'from <> anybody can be written to',
  async (ground, from) => {
    const answers = await withLine(ground, from, async (line) => {
      await begin(line, '');
      return [await line.say('RCPT TO:<victim@evil.example>\r\n'), await line.say(`RCPT TO:<${ORDER}>\r\n`)];
    });
    expectHonest(answers[1]?.startsWith('250') === true, `${answers[1]}`);
    return {
      sent: 'MAIL FROM:<>, RCPT TO:<victim@evil.example>',
      heard: oneOf(answers),
      isHole: answers[0]?.startsWith('5') !== true,
    };
  },
);

probe(
  'a letter in our own name is passed on',
  'a sender of ours may write to strangers without a sign-in',
  async (ground, from) => {
    const answer = await withLine(ground, from, async (line) => {
      await begin(line, ORDER);
      return line.say('RCPT TO:<victim@evil.example>\r\n');
    });
    return { sent: `MAIL FROM:<${ORDER}>, a stranger`, heard: answer, isHole: !answer.startsWith('5') };
  },
);
