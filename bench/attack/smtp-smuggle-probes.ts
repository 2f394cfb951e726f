import { setTimeout as sleep } from 'node:timers/promises';
import { ORDER } from './ground.ts';
import { expectHonest, listOfProbes } from './probe.ts';
import { begin, countKept, oneOf, withLine } from './smtp-talk.ts';

const { probe, probes } = listOfProbes('the SMTP door: letters and commands smuggled');
export const smtpSmuggleProbes = probes;

const inner = (ending: string) =>
  `Subject: outer\r\n\r\nouter${ending}MAIL FROM:<admin@komorebi.example>\r\nRCPT TO:<${ORDER}>\r\nDATA\r\nFrom: <admin@komorebi.example>\r\nSubject: smuggled\r\n\r\nsmuggled\r\n.\r\n`;
const endings: [name: string, ending: string][] = [
  ['LF . LF', '\n.\n'],
  ['LF . CRLF', '\n.\r\n'],
  ['CRLF . LF', '\r\n.\n'],
  ['CR . CR', '\r.\r'],
  ['CR . CRLF', '\r.\r\n'],
  ['CRLF . CR', '\r\n.\r'],
  ['CR LF . CR CRLF', '\r\n.\r\r\n'],
  ['CRLF NUL . CRLF', '\r\n\0.\r\n'],
  ['CRLF . NUL CRLF', '\r\n.\0\r\n'],
  ['CRLF .. CRLF', '\r\n..\r\n'],
  ['CRLF . space CRLF', '\r\n. \r\n'],
];
for (const [name, ending] of endings) {
  probe(
    `a second letter smuggled behind ${name}`,
    'two letters are kept, or two answers given, for one',
    async (ground, from) => {
      const before = await countKept(ground);
      const answers = await withLine(ground, from, async (line) => {
        await begin(line);
        await line.say(`RCPT TO:<${ORDER}>\r\n`);
        await line.say('DATA\r\n');
        const first = await line.say(inner(ending));
        return [first, await line.hear(800)];
      });
      const kept = (await countKept(ground)) - before;
      return {
        sent: `DATA with ${JSON.stringify(ending)} and commands behind it`,
        heard: `${oneOf(answers.filter(Boolean))}; ${kept} kept`,
        isHole: kept > 1 || answers[1] !== '' || !/^[25]/.test(answers[0] ?? ''),
      };
    },
  );
}

probe(
  'a dot cut in two by the network',
  'the end of a letter is found where there is none',
  async (ground, from) => {
    const before = await countKept(ground);
    const answers = await withLine(ground, from, async (line) => {
      await begin(line);
      await line.say(`RCPT TO:<${ORDER}>\r\n`);
      await line.say('DATA\r\n');
      for (const piece of [
        '..',
        '\r\nMAIL FROM:<admin@komorebi.example>\r',
        '\n.',
        '.\r\nRCPT TO:<x>',
        '\r\n',
      ]) {
        await line.write(piece);
        await sleep(60);
      }
      const early = await line.hear(300);
      return [early, await line.say('.\r\n'), await line.hear(500)];
    });
    const kept = (await countKept(ground)) - before;
    return {
      sent: '".." "CRLF…CR" "LF." ".CRLF…" in pieces',
      heard: `${oneOf(answers)}; ${kept} kept`,
      isHole: answers[0] !== '' || answers[2] !== '' || kept > 1,
    };
  },
);

probe(
  'commands behind STARTTLS, sent in the clear',
  'what was sent before TLS is done within it',
  async (ground, from) => {
    const port = ground.behindProxy.smtpPort;
    const heard = await withLine(
      ground,
      from,
      async (line) => {
        const offered = await line.say('EHLO midori.example\r\n');
        expectHonest(/STARTTLS/.test(offered), offered);
        const go = await line.say(
          'STARTTLS\r\nEHLO evil.example\r\nMAIL FROM:<evil@evil.example>\r\nRSET\r\n',
        );
        expectHonest(go.startsWith('220'), go);
        await line.secure();
        const early = await line.hear(1_000);
        const mail = await line.say(`RCPT TO:<${ORDER}>\r\n`);
        const honest = await line.say('EHLO midori.example\r\n');
        return { early, mail, honest };
      },
      port,
    );
    expectHonest(heard.honest.startsWith('250'), heard.honest);
    return {
      sent: 'STARTTLS CRLF EHLO CRLF MAIL FROM in one piece',
      heard: `${heard.early || 'nothing before we spoke'}; RCPT: ${heard.mail}`,
      isHole: heard.early !== '' || heard.mail.startsWith('2'),
    };
  },
);

probe(
  'what was said before STARTTLS counts within it',
  'sender or HELO of the clear line stand within TLS',
  async (ground, from) => {
    const heard = await withLine(
      ground,
      from,
      async (line) => {
        await begin(line, 'evil@evil.example');
        await line.say('STARTTLS\r\n');
        await line.secure();
        return line.say(`RCPT TO:<${ORDER}>\r\n`);
      },
      ground.behindProxy.smtpPort,
    );
    return { sent: 'MAIL FROM, STARTTLS, RCPT TO', heard, isHole: heard.startsWith('2') };
  },
);
