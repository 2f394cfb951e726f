import { readFile } from 'node:fs/promises';
import { CUSTOMER } from './letters.ts';
import { expectHonest, listOfProbes } from './probe.ts';

const { probe, probes } = listOfProbes('what the servers wrote down');
export const logProbes = probes;

probe(
  'a secret or a letter’s words stand in the log',
  'a password, a cookie, a link, a token, a code’s secret or the text of a letter in the servers’ own output',
  async ({ house, secrets }) => {
    const log = await readFile(house.logFile, 'utf8');
    expectHonest(/"msg":"request"/.test(log), 'the log holds no request');
    const found = [...secrets]
      .filter(([, secret]) => secret.length >= 6 && log.includes(secret))
      .map(([name]) => name);
    return {
      sent: `${secrets.size} secrets looked for in ${Math.round(log.length / 1024)} KB`,
      heard: found.join(', ') || 'none of them',
      isHole: found.length > 0,
    };
  },
);

probe('people stand in the log', 'the address of a customer or a member', async ({ house, people }) => {
  const log = await readFile(house.logFile, 'utf8');
  const found = [CUSTOMER.address, people.member.email, people.owner.email].filter((address) =>
    log.includes(address),
  );
  return {
    sent: 'addresses of a customer and of members',
    heard: found.join(', ') || 'none of them',
    isHole: found.length > 0,
  };
});

probe(
  'bugs were met on the way',
  'an attack ended in a fault of ours (500, an uncaught error, a child that died)',
  async ({ house }) => {
    const log = await readFile(house.logFile, 'utf8');
    const bugs = [...log.matchAll(/"msg":"a bug was met"|uncaught|unhandled|"level":60/gi)].length;
    const first = /"error":"([^"]{0,200})[^\n]*a bug was met/.exec(log)?.[1];
    return {
      sent: 'the log after all attacks',
      heard: bugs === 0 ? 'no bug was met' : `${bugs}: ${first}`,
      isHole: bugs > 0,
    };
  },
);

probe('line ends written into the log', 'a line that is no entry of the program’s', async ({ house }) => {
  const log = await readFile(house.logFile, 'utf8');
  const lines = log
    .split('\n')
    .filter((line) => /X-Injected: yes|evil\.example/.test(line) && !line.startsWith('{'));
  return {
    sent: 'names with CR and LF, all along',
    heard: `${lines.length} forged lines`,
    isHole: lines.length > 0,
  };
});
