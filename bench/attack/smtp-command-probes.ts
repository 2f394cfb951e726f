import { setTimeout as sleep } from 'node:timers/promises';
import { ORDER } from './ground.ts';
import { listOfProbes } from './probe.ts';
import { handOver } from './smtp-line.ts';
import { oneOf, SENDER, withLine } from './smtp-talk.ts';

const { probe, probes } = listOfProbes('the SMTP door: what it tells and bears');
export const smtpCommandProbes = probes;

const SECOND = 1_000;

probe(
  'a certificate that everybody has the key of',
  'without a certificate of its own the door offers STARTTLS',
  async (ground, from) => {
    const answers = await withLine(ground, from, async (line) => [
      await line.say('EHLO x.example\r\n'),
      await line.say('STARTTLS\r\n'),
    ]);
    return {
      sent: 'EHLO, STARTTLS at the door without a certificate',
      heard: oneOf(answers),
      isHole: /STARTTLS/.test(answers[0] ?? '') || answers[1]?.startsWith('2') === true,
    };
  },
);

probe('passwords can be guessed at the door', 'AUTH is offered or answered', async (ground, from) => {
  const tries = ['AUTH PLAIN AGEAYg==', 'AUTH LOGIN', 'AUTH CRAM-MD5', 'AUTH XOAUTH2 x'];
  const answers = await Promise.all(
    [ground.house.smtpPort, ground.behindProxy.smtpPort].map((port) =>
      withLine(
        ground,
        from,
        async (line) => {
          const found = [await line.say('EHLO x.example\r\n')];
          for (const one of tries) found.push(await line.say(`${one}\r\n`));
          return found;
        },
        port,
      ),
    ),
  );
  const isHole = answers.some(
    ([offered = '', ...found]) => /AUTH/.test(offered) || found.some((answer) => /^[23]/.test(answer)),
  );
  return { sent: tries.join(', '), heard: oneOf(answers[0]?.slice(1) ?? []), isHole };
});

probe(
  'VRFY and EXPN tell who is here',
  'a mailbox is answered otherwise than an address that is none',
  async (ground, from) => {
    const answers = await withLine(ground, from, async (line) => {
      await line.say('EHLO x.example\r\n');
      const found: string[] = [];
      for (const verb of ['VRFY', 'EXPN'])
        for (const who of [ORDER, 'nobody@komorebi.example', 'root'])
          found.push(await line.say(`${verb} ${who}\r\n`));
      return found;
    });
    const isHole =
      new Set(answers.slice(0, 3)).size > 1 ||
      new Set(answers.slice(3)).size > 1 ||
      answers.some((answer) => /^25[01]/.test(answer) || answer.includes(ORDER));
    return { sent: 'VRFY and EXPN of a mailbox and of none', heard: oneOf(answers), isHole };
  },
);

probe(
  'commands of old and of proxies',
  'XCLIENT, XFORWARD, DEBUG, WIZ, SHELL, KILL, TURN or ETRN is done',
  async (ground, from) => {
    const verbs = [
      'XCLIENT ADDR=203.0.113.9',
      'XFORWARD ADDR=203.0.113.9',
      'DEBUG',
      'WIZ x',
      'SHELL id',
      'KILL',
      'TURN',
      'ETRN evil.example',
      'BDAT 3 LAST',
    ];
    const answers: string[] = [];
    for (const verb of verbs)
      answers.push(
        await withLine(ground, from, async (line) => {
          await line.say('EHLO x.example\r\n');
          return line.say(`${verb}\r\n`);
        }),
      );
    return {
      sent: verbs.join(', '),
      heard: oneOf(answers.map((answer) => answer.slice(0, 12))),
      isHole: answers.some((answer) => /^[23]/.test(answer)),
    };
  },
);

probe('PROXY lines are believed', 'a peer who says where he comes from is believed', async (ground, from) => {
  const answer = await withLine(ground, from, (line) =>
    line.say('PROXY TCP4 203.0.113.9 127.0.0.1 1 25\r\n'),
  );
  return { sent: 'PROXY TCP4 203.0.113.9 …', heard: answer, isHole: answer.startsWith('2') };
});

probe(
  'a greeting of garbage',
  'a name with signs, or of 10 KB, is taken; or the door breaks',
  async (ground, from) => {
    const names = ['', ' ', 'a b', `${'a'.repeat(10_000)}`, 'a\0b', '\x1b[2Jevil', 'a\tb c'];
    const answers: string[] = [];
    for (const name of names)
      answers.push(await withLine(ground, from, (line) => line.say(`EHLO ${name}\r\n`)));
    return {
      sent: 'EHLO with nothing, spaces, 10 KB, NUL, escapes',
      heard: oneOf(answers),
      isHole: answers.some((answer) => answer.startsWith('2')),
    };
  },
);

probe(
  'a command line that never ends',
  'more than a few kilobytes of one command are kept',
  async (ground, from) => {
    const heard = await withLine(ground, from, async (line) => {
      await line.say('EHLO x.example\r\n');
      for (let at = 0; at < 64; at += 1) {
        await line.write('a'.repeat(16 * 1024));
        const early = await line.hear(20);
        if (early !== '') return `${early} after ${(at + 1) * 16} KB`;
      }
      return '';
    });
    return { sent: '1 MB without a line end', heard: heard || 'nothing was said', isHole: heard === '' };
  },
);

probe('nonsense without end', 'a client may say wrong commands for ever', async (ground, from) => {
  const answers = await withLine(ground, from, async (line) => {
    const found: string[] = [];
    for (let at = 0; at < 60 && found.at(-1) !== 'closed'; at += 1)
      found.push(await line.say(`NONSENSE ${at}\r\n`));
    return found;
  });
  return {
    sent: '60 wrong commands',
    heard: `${answers.at(-1)} after ${answers.length}`,
    isHole: answers.at(-1) !== 'closed',
  };
});

probe(
  'a letter before its time',
  'DATA without recipients, or a recipient without a sender, is taken',
  async (ground, from) => {
    const answers = await withLine(ground, from, async (line) => [
      await line.say('DATA\r\n'),
      await line.say('EHLO x.example\r\n'),
      await line.say(`RCPT TO:<${ORDER}>\r\n`),
      await line.say(`MAIL FROM:<${SENDER}>\r\n`),
      await line.say('DATA\r\n'),
    ]);
    return {
      sent: 'DATA, RCPT TO, DATA without recipients',
      heard: oneOf(answers),
      isHole: [answers[0], answers[2], answers[4]].some((answer) => answer?.startsWith('5') !== true),
    };
  },
);

probe(
  'a letter with lines of a megabyte and NUL bytes',
  'it takes the door or the house down, or is changed on its way',
  async (ground, from) => {
    const bytes = `From: <${SENDER}>\r\nSubject: ${'a'.repeat(1_000_000)}\r\nX-Nul: a\0b\r\n\r\n${'b'.repeat(2_000_000)}\r\n\0\0\0`;
    const answer = await handOver({ port: ground.house.smtpPort, from }, { to: [ORDER], bytes });
    await sleep(3 * SECOND);
    const [row] = await ground.house.rows<{ state: string; size: number }>(
      'select state, size::int as size from raw_message order by received_at desc limit 1',
    );
    const isWhole = row === undefined || Math.abs(row.size - bytes.length - 2) < 3;
    const next = await handOver(
      { port: ground.house.smtpPort, from },
      { to: [ORDER], bytes: 'Subject: next\r\n\r\nnext' },
    );
    return {
      sent: 'a subject of 1 MB, a line of 2 MB, NUL',
      heard: `${answer.slice(0, 30)}; ${row?.state}, ${row?.size} bytes; the next: ${next.slice(0, 10)}`,
      isHole: !next.startsWith('250') || (answer.startsWith('250') && !isWhole),
    };
  },
);
