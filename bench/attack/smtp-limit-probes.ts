import { setTimeout as sleep } from 'node:timers/promises';
import { ORDER } from './ground.ts';
import { expectHonest, listOfProbes } from './probe.ts';
import { openLine } from './smtp-line.ts';
import { begin, countKept, oneOf, SENDER, withLine } from './smtp-talk.ts';

const { probe, probes } = listOfProbes('the SMTP door: too large, too many, too slow');
export const smtpLimitProbes = probes;

const SECOND = 1_000;
const MB = 1024 * 1024;

probe(
  'a size that was told and is too large',
  'MAIL FROM with SIZE above the limit is accepted',
  async (ground, from) => {
    const answer = await withLine(ground, from, async (line) => {
      await line.say('EHLO midori.example\r\n');
      return line.say(`MAIL FROM:<${SENDER}> SIZE=99999999999\r\n`);
    });
    return { sent: 'SIZE=99999999999', heard: answer, isHole: !answer.startsWith('552') };
  },
);

probe(
  'a size that was told as something else',
  'a size that is no number is accepted',
  async (ground, from) => {
    const answers: string[] = [];
    for (const size of ['-1', '1e3', '0x10', 'NaN', '99999999999999999999999999']) {
      answers.push(
        await withLine(ground, from, async (line) => {
          await line.say('EHLO midori.example\r\n');
          return line.say(`MAIL FROM:<${SENDER}> SIZE=${size}\r\n`);
        }),
      );
    }
    return {
      sent: 'SIZE=-1, 1e3, 0x10, NaN, 10^26',
      heard: oneOf(answers),
      isHole: answers.some((answer) => !answer.startsWith('5')),
    };
  },
);

probe(
  'a letter of 120 MB that said nothing',
  'it is kept, or all of it is taken in before it is refused',
  async (ground, from) => {
    const before = await countKept(ground);
    const mb = Buffer.from(`${'a'.repeat(998)}\r\n`.repeat(Math.ceil(MB / 1_000)));
    const heard = await withLine(ground, from, async (line) => {
      await begin(line);
      await line.say(`RCPT TO:<${ORDER}>\r\n`);
      await line.say('DATA\r\n');
      let sent = 0;
      for (; sent < 120; sent += 1) {
        const early = await Promise.race([line.write(mb), line.hear(0)]);
        if (early !== '') return `${early} after ${sent} MB`;
      }
      return line.say('\r\n.\r\n');
    });
    const kept = (await countKept(ground)) - before;
    return {
      sent: '120 MB without SIZE',
      heard: `${heard}; ${kept} kept`,
      isHole: kept > 0 || !/^(552|closed)/.test(heard),
    };
  },
);

probe('a thousand recipients of one letter', 'more than a hundred are accepted', async (ground, from) => {
  const accepted = await withLine(ground, from, async (line) => {
    await begin(line);
    let count = 0;
    for (let at = 0; at < 150; at += 1) {
      if ((await line.say(`RCPT TO:<order+${at}@komorebi.example>\r\n`)).startsWith('250')) count += 1;
    }
    return count;
  });
  expectHonest(accepted > 0, 'no recipient was accepted');
  return { sent: '150 addresses of one mailbox', heard: `${accepted} accepted`, isHole: accepted > 100 };
});

probe(
  'guessing which mailboxes there are',
  'hundreds of unknown recipients in a row are all answered on one line',
  async (ground, from) => {
    const answers = await withLine(ground, from, async (line) => {
      await begin(line);
      const found: string[] = [];
      for (let at = 0; at < 200 && found.at(-1) !== 'closed'; at += 1)
        found.push(await line.say(`RCPT TO:<guess${at}@komorebi.example>\r\n`));
      return found;
    });
    return {
      sent: '200 unknown recipients',
      heard: `${answers.at(-1)} after ${answers.length}`,
      isHole: answers.length >= 200,
    };
  },
);

probe('forty lines at once from one peer', 'more than thirty are open', async (ground, from) => {
  const lines = await Promise.all(
    Array.from({ length: 40 }, () => openLine({ port: ground.house.smtpPort, from })),
  );
  const answers = await Promise.all(lines.map((line) => line.say('EHLO x.example\r\n')));
  const open = answers.filter((answer) => answer.startsWith('250')).length;
  for (const line of lines) line.end();
  await sleep(500);
  return { sent: '40 lines', heard: `${open} answered`, isHole: open > 30 || open === 0 };
});

probe(
  'letters as fast as the line bears',
  'one peer begins 1,500 letters within seconds, and none is put off',
  async (ground, from) => {
    const answers = await withLine(ground, from, async (line) => {
      await line.say('EHLO midori.example\r\n');
      const found: string[] = [];
      // The count is that of a clock's minute: at its end it begins anew, so there is room for two halves.
      for (let at = 0; at < 2_600 && !/^(4|closed)/.test(found.at(-1) ?? ''); at += 1) {
        found.push(await line.say(`MAIL FROM:<${SENDER}>\r\n`));
        await line.say('RSET\r\n');
      }
      return found;
    });
    const last = answers.at(-1) ?? '';
    return {
      sent: '2,600 letters begun by one peer',
      heard: `${last.slice(0, 60)} after ${answers.length}`,
      isHole: !/^4(21|5\d)/.test(last),
    };
  },
);

probe('a client who falls silent', 'the line is kept beyond a minute and a half', async (ground, from) => {
  const began = Date.now();
  const heard = await withLine(ground, from, async (line) => {
    await begin(line);
    await line.hear(90 * SECOND);
    return line.hear(5 * SECOND);
  });
  const took = Date.now() - began;
  return {
    sent: 'EHLO, MAIL FROM, then nothing',
    heard: `${heard || 'shut'} after ${Math.round(took / SECOND)} s`,
    isHole: took > 80 * SECOND,
  };
});
